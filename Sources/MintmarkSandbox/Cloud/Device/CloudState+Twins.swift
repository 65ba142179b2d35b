// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// Reads of the Device Service.
///
/// Sources: Ayla service API specification v8.1, 5-7; paths of templates and connection history as public clients
/// send them.
extension CloudState {
    func twin(_ call: CloudCall, now: Int64) throws(CallFailure) -> CloudAnswer {
        let (device, twin) = try visible(call, now: now)
        return CloudAnswer(200, ["device": .object(shown(twin, device))])
    }

    func twinList(_ call: CloudCall, now: Int64) throws(CallFailure) -> CloudAnswer {
        let caller = try caller(call, now: now)
        let isRising = call.query["order"] != "desc"
        let found = devices.values.sorted { isRising ? $0.dsn < $1.dsn : $1.dsn < $0.dsn }.compactMap { device in
            twin(of: device.dsn, now: now).map { (device, $0) }
        }
        var shown: [JSONObject] = []
        for (device, twin) in found where try sees(caller, device, twin) {
            if let model = call.query["oem_model"], model != twin.oemModel ?? device.oemModel { continue }
            if let user = call.query["user_uuid"], user != twin.owner { continue }
            if let id = call.query["template_id"], id != twin.template.map({ String($0.id) }) { continue }
            shown.append(["device": .object(self.shown(twin, device))])
        }
        guard ["true", "1"].contains(call.query["paginated"]) else { return CloudAnswer(200, shown) }
        return CloudAnswer(200, Self.page(shown.map { .object($0) }, call.query))
    }

    func properties(_ call: CloudCall, now: Int64) throws(CallFailure) -> CloudAnswer {
        let (device, twin) = try visible(call, now: now)
        var shown: [JSONObject] = []
        for (index, property) in twin.properties.enumerated() {
            if let pattern = call.query["names"], !Self.matches(property.name, pattern) { continue }
            shown.append(["property": .object(json(property, index, twin, device))])
        }
        return CloudAnswer(200, shown)
    }

    func property(_ call: CloudCall, now: Int64) throws(CallFailure) -> CloudAnswer {
        let (device, twin) = try visible(call, now: now)
        guard let index = twin.properties.firstIndex(where: { $0.name == call.parameters["name"] }) else {
            throw .notFound
        }
        return CloudAnswer(200, ["property": .object(json(twin.properties[index], index, twin, device))])
    }

    func history(_ call: CloudCall, now: Int64) throws(CallFailure) -> CloudAnswer {
        let (_, twin) = try visible(call, now: now)
        guard let page = call.parameters["page"].flatMap({ Int($0) }), (1...1_000_000).contains(page),
            let limit = call.parameters["limit"].flatMap({ Int($0) }), (1...1000).contains(limit),
            let field = call.parameters["field"], ["event_time", "status"].contains(field),
            let order = call.parameters["order"], ["asc", "desc"].contains(order)
        else { throw .badRequest }
        // Stable: events of one second keep their order.
        var events = twin.history
        if field == "status" { events = events.sorted { $0.status < $1.status } }
        if order == "desc" { events.reverse() }
        let shown = events.dropFirst((page - 1) * limit).prefix(limit)
        return CloudAnswer(
            200,
            shown.map { event in
                [
                    "connection_history": .object([
                        "event_time": JSONValue(time: event.time), "status": .string(event.status),
                    ])
                ]
            })
    }

    func templateList(_ call: CloudCall, now: Int64) throws(CallFailure) -> CloudAnswer {
        let caller = try caller(call, now: now)
        guard caller.devices != .none else { throw .forbidden }
        let shown = templates.filter { $0.isVisible(to: caller.tenant.oemID) }
        return CloudAnswer(200, shown.map { ["template": .object($0.json)] })
    }

    /// By an admin's hand, whatever the unit reported.
    mutating func applyTemplate(_ call: CloudCall, now: Int64) throws(CallFailure) -> CloudAnswer {
        let caller = try caller(call, now: now)
        var (device, twin) = try visible(call, now: now)
        guard caller.user.roles.contains(.admin) else { throw .forbidden }
        let id = call.parameters["template"].flatMap { Int64($0) }
        guard let template = templates.first(where: { $0.id == id && $0.isVisible(to: caller.tenant.oemID) }) else {
            throw .notFound
        }
        twin.template = template
        twins[device.dsn] = twin
        return CloudAnswer(empty: 200).committed
    }

    /// The device that the path names, if it has a twin and the caller sees it.
    func visible(_ call: CloudCall, now: Int64) throws(CallFailure) -> (FactoryDevice, CloudTwin) {
        let caller = try caller(call, now: now)
        guard let id = call.parameters["id"] else { return try visible(device(dsn: call.dsn ?? ""), caller, now: now) }
        return try visible(device(id: id), caller, now: now)
    }

    func visible(
        _ device: FactoryDevice?, _ caller: CloudCaller, now: Int64
    ) throws(CallFailure) -> (FactoryDevice, CloudTwin) {
        guard caller.devices != .none else { throw .forbidden }
        guard let device, let twin = twin(of: device.dsn, now: now) else { throw .notFound }
        guard try sees(caller, device, twin) else {
            throw switches.foreignTwin == .forbidden ? .forbidden : .notFound
        }
        return (device, twin)
    }

    func device(dsn: String) -> FactoryDevice? {
        do throws(MintmarkError) { return try devices[DSN(dsn)] } catch { return nil }
    }

    private func device(id: String) -> FactoryDevice? {
        guard let number = Int(id) else { return nil }
        do throws(MintmarkError) { return try devices[DSNPool.dsn(number)] } catch { return nil }
    }

    func sees(_ caller: CloudCaller, _ device: FactoryDevice, _ twin: CloudTwin) throws(CallFailure) -> Bool {
        switch caller.devices {
        case .none: throw .forbidden
        case .own: twin.owner == caller.user.uuid
        // A unit without a company is seen by the one that reserved it.
        case .all: twin.oem ?? device.oem ?? device.reservedBy == caller.tenant.oemID
        }
    }

    /// `%` stands for any text.
    private static func matches(_ name: String, _ pattern: String) -> Bool {
        let parts = pattern.split(separator: "%", omittingEmptySubsequences: false)
        guard parts.count > 1, let first = parts.first, let last = parts.last else { return name == pattern }
        guard name.hasPrefix(first), name.hasSuffix(last), name.count >= first.count + last.count else { return false }
        var rest = name.dropFirst(first.count).dropLast(last.count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let range = rest.firstRange(of: part) else { return false }
            rest = rest[range.upperBound...]
        }
        return true
    }
}
