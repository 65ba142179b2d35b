// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// The three calls that change devices. Checks stand in the service's order: 403, 404, AFS-607, 601, 602-604, 608, 606,
/// 600, 605.
extension CloudState {
    mutating func reserve(_ call: CloudCall, now: Int64) throws(CallFailure) -> CloudAnswer {
        let caller = try caller(call, now: now)
        let classes = caller.reservable
        let model = call.text("model").flatMap { models[$0] }
        guard !classes.isEmpty, model.map({ classes.contains($0.kind) }) ?? true else { throw .forbidden }
        try require(["count", "model"], in: call)
        guard let model else { throw .factory(.invalidModel(call.text("model") ?? "")) }
        let count = try reservable(call)
        var pool = pool
        guard let numbers = pool.take(count, model: model.name) else { throw .factory(.poolTooSmall) }
        var (made, shown): ([FactoryDevice], [JSONObject]) = ([], [])
        do throws(MintmarkError) {
            for number in numbers {
                let device = FactoryDevice(
                    dsn: try DSNPool.dsn(number), number: number, model: model, reservedBy: caller.tenant.oemID,
                    reservedAt: now, job: job + 1)
                let pem = try publicKeyPEM(number: number)
                made.append(device)
                shown.append(["device": .object(["dsn": .string(device.dsn.description), "public_key": .string(pem)])])
            }
        } catch {
            throw .factory(.failures(["key generation failed"]))
        }
        self.pool = pool
        job += 1
        for device in made { devices[device.dsn] = device }
        return CloudAnswer(200, shown).committed
    }

    mutating func manufacture(_ call: CloudCall, now: Int64) throws(CallFailure) -> CloudAnswer {
        let caller = try caller(call, now: now)
        guard caller.mayManufacture else { throw .forbidden }
        guard var device = device(dsn: call.dsn ?? ""), device.reservedBy == caller.tenant.oemID else {
            throw .unmatchedDSN
        }
        try checkModelIsFound(call, device)
        try require(["model", "mac", "hwsig", "dom_at"], in: call)
        try checkModelIsKnown(call)
        let domAt = try date(call)
        guard device.state == .reserved else { throw .factory(.alreadyManufactured) }
        try checkFailures(call, device)
        fill(&device, from: call, domAt: domAt)
        device.state = .manufactured
        device.manufactures += 1
        store(device)
        return CloudAnswer(200, ["device": .object(shown(device, by: .manufacture))]).committed
    }

    mutating func provision(_ call: CloudCall, now: Int64) throws(CallFailure) -> CloudAnswer {
        let caller = try caller(call, now: now)
        let classes = caller.provisionable(switches)
        guard !classes.isEmpty else { throw .forbidden }
        guard var device = device(dsn: call.dsn ?? ""), classes.contains(device.model.kind) else { throw .unmatchedDSN }
        try checkMatch(call, device, oemID: caller.tenant.oemID)
        try checkModelIsFound(call, device)
        try require(["model", "oem_model", "oem_host_version"] + stillMissing(device), in: call)
        try checkModelIsKnown(call)
        let domAt = try date(call)
        if device.state == .provisioned, switches.provisionTwice == .refuse {
            throw .factory(.failures(["device is already provisioned"]))
        }
        try checkFailures(call, device)
        fill(&device, from: call, domAt: domAt)
        device.state = .provisioned
        device.oem = caller.tenant.oemID
        device.oemModel = call.text("oem_model")
        device.provisions += 1
        device.provisionedAt = now
        store(device)
        return CloudAnswer(200, ["device": .object(shown(device, by: .provision))]).committed
    }

    /// The count of a reserve call.
    private func reservable(_ call: CloudCall) throws(CallFailure) -> Int {
        let text = call.text("count") ?? ""
        guard let count = call.member("count")?.integer else { throw .factory(.countNotInteger(text)) }
        if switches.countErrors == .always602, !(1...1000).contains(count) { throw .factory(.countNotInteger(text)) }
        if count < 1 { throw .factory(.countTooLow) }
        if count > 1000 { throw .factory(.countTooHigh) }
        return Int(count)
    }

    /// Whether this company may provision this device now. A black-box module is one that its maker manufactured, and
    /// a MAC address sent with it must be the module's; a white-box DSN is one that the company reserved itself.
    private func checkMatch(_ call: CloudCall, _ device: FactoryDevice, oemID: String) throws(CallFailure) {
        if device.state == .provisioned, device.oem != oemID { throw .unmatchedDSN }
        switch device.model.kind {
        case .blackBox:
            if device.state == .reserved { throw .unmatchedDSN }
        case .whiteBox:
            if device.reservedBy != oemID { throw .unmatchedDSN }
            if device.state == .reserved, switches.whiteBoxManufacture == .yes { throw .notFound }
        }
        guard device.state == .manufactured, let mac = device.mac, let sent = call.text("mac") else { return }
        if Self.plain(mac) != Self.plain(sent) { throw .unmatchedDSN }
    }

    private func checkModelIsFound(_ call: CloudCall, _ device: FactoryDevice) throws(CallFailure) {
        guard switches.otherModel == .notFound, let model = call.text("model"), models[model] != nil else { return }
        if model != device.model.name { throw .notFound }
    }

    private func checkModelIsKnown(_ call: CloudCall) throws(CallFailure) {
        let model = call.text("model") ?? ""
        if models[model] == nil { throw .factory(.invalidModel(model)) }
    }

    private func require(_ names: [String], in call: CloudCall) throws(CallFailure) {
        let missing = names.filter { call.text($0)?.isEmpty ?? true }
        if !missing.isEmpty { throw .factory(.missing(missing)) }
    }

    /// What provision must bring because manufacture did not.
    private func stillMissing(_ device: FactoryDevice) -> [String] {
        [
            ("manuf_model", device.manufModel), ("hwsig", device.hwsig), ("module_sw_version", device.firmware),
            ("dom_at", device.domAt), ("mac", device.mac),
        ].filter { $0.1 == nil }.map(\.0)
    }

    private func date(_ call: CloudCall) throws(CallFailure) -> String? {
        guard let text = call.text("dom_at") else { return nil }
        guard let date = FactoryDate.iso(text) else { throw .factory(.invalidDate(text)) }
        return date
    }

    /// What AFS-600 tells: another model, a MAC address or a hardware signature of another device.
    private func checkFailures(_ call: CloudCall, _ device: FactoryDevice) throws(CallFailure) {
        var failures: [String] = []
        if call.text("model") != device.model.name { failures.append("model does not match the reserved model") }
        if let mac = call.text("mac"), let owner = dsnByMAC[Self.plain(mac)], owner != device.dsn {
            failures.append("mac has already been taken")
        }
        if let hwsig = call.text("hwsig") {
            if let owner = dsnByHwsig[hwsig], owner != device.dsn { failures.append("hwsig has already been taken") }
            if device.state == .manufactured, hwsig != device.hwsig {
                failures.append("hwsig does not match the manufactured device")
            }
        }
        if !failures.isEmpty { throw .factory(.failures(failures)) }
    }
}
