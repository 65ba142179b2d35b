// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore
internal import MintmarkCrypto

/// A unit's connection, and what it makes of its twin.
///
/// Sources: Ayla registration methods (2018-11): authentication comes before association; Ayla tech note 5: which
/// template; Ayla module CLI specification (2017-09), `client test`: a test is not the customer's first connection.
extension CloudState {
    /// Seconds from a provision to the twin that shows it.
    static let pushDelay: Int64 = 2

    /// Lets a unit in, or says why not. Returns its twin.
    @discardableResult
    package mutating func connect(_ dsn: DSN, _ hello: UnitHello, now: Int64) throws(ConnectRefusal) -> CloudTwin {
        guard let device = devices[dsn] else { throw .unknownDSN }
        if let model = hello.model, model != device.model.name { throw .otherModel }
        try checkAdmission(device, isTest: hello.isTest)
        var twin = twins[dsn] ?? CloudTwin()
        twin.note("Initializing", at: now)
        if hello.status != "Initializing" { twin.note(hello.status, at: now) }
        twin.connectedAt = now
        twin.updatedAt = now
        twin.mac = hello.mac ?? twin.mac
        twin.hwsig = hello.hwsig ?? twin.hwsig
        twin.softwareVersion = hello.softwareVersion ?? twin.softwareVersion
        twin.reportedVersion = hello.templateVersion ?? twin.reportedVersion
        twin.proof.setupToken = hello.setupToken ?? twin.proof.setupToken
        if hello.wasReset { twin.commands.removeAll { $0 == "factory_reset" } }
        let before = twin
        let isFirst = twin.activatedAt == nil
        if let tenant = authenticated(hello, device, twin) {
            if twin.oem ?? device.oem != tenant.oemID { twin.owner = nil }
            twin.oem = tenant.oemID
            twin.oemModel = hello.oemModel
            twin.authenticationFailedAt = nil
            let fitting = template(
                oem: tenant.oemID, oemModel: hello.oemModel ?? "", version: hello.templateVersion ?? "")
            if fitting != nil || switches.noTemplate == .null { twin.template = fitting }
        } else if hello.oem != nil {
            twin.authenticationFailedAt = now
        }
        if !hello.isTest, switches.activation == .connection { twin.activatedAt = twin.activatedAt ?? now }
        if [.sameLAN, .display].contains(twin.registration), twin.owner == nil {
            twin.proof.token = twin.proof.token ?? String(random.hex().prefix(6)).uppercased()
        }
        twins[dsn] = twin
        // Its old company hears that the unit has no user any more.
        if before.owner != nil, twin.owner == nil {
            tell(.registration(owner: nil, before.registration), before, device, now: now)
        }
        let isTold = !hello.isTest || switches.testEvent == .yes
        if isTold { tell(.connectivity(status: twin.status), twin, device, now: now) }
        if isFirst, twin.activatedAt == now { tell(.activation(id: newID()), twin, device, now: now) }
        report(of: twin, hello, device, now: now, isTold: isTold)
        return twins[dsn] ?? twin
    }

    /// Another status of a unit that is known, as when it goes away.
    package mutating func note(_ status: String, of dsn: DSN, now: Int64) throws(ConnectRefusal) {
        let (device, twin) = try connected(dsn)
        twins[dsn]?.note(status, at: now)
        tell(.connectivity(status: status), twin, device, now: now)
    }

    /// A unit that is known because it connected once.
    func connected(_ dsn: DSN) throws(ConnectRefusal) -> (device: FactoryDevice, twin: CloudTwin) {
        guard let device = devices[dsn] else { throw .unknownDSN }
        guard let twin = twins[dsn], twin.connectedAt != nil else { throw .neverConnected }
        return (device, twin)
    }

    /// Where a unit is, as somebody says; `POST /sandbox/devices/{dsn}/locate`.
    mutating func locate(
        _ dsn: DSN, latitude: String, longitude: String, now: Int64
    ) throws(ConnectRefusal) {
        let (device, twin) = try connected(dsn)
        twins[dsn]?.place = (latitude, longitude)
        tell(.location(latitude: latitude, longitude: longitude), twin, device, now: now)
    }

    /// The versions that a unit tells with its connection are values of its properties.
    private mutating func report(
        of twin: CloudTwin, _ hello: UnitHello, _ device: FactoryDevice, now: Int64, isTold: Bool
    ) {
        for property in twin.properties {
            let told =
                property.name == CloudTwin.hostVersion.name
                ? hello.templateVersion
                : property.isHostVersion ? hello.softwareVersion : nil
            guard let told else { continue }
            append(.string(told), [:], to: property, of: device, by: nil, now: now, isTold: isTold)
        }
    }

    mutating func tell(_ kind: StreamEvent.Kind, _ twin: CloudTwin, _ device: FactoryDevice, now: Int64) {
        events.append(
            StreamEvent(
                oem: twin.oem ?? device.oem ?? device.reservedBy, oemModel: twin.oemModel ?? device.oemModel ?? "",
                dsn: device.dsn.description, time: now, owner: twin.owner, kind: kind))
    }

    /// The twin as the Device Service has it now; nil before it has any.
    package func twin(of dsn: DSN, now: Int64) -> CloudTwin? {
        var twin = twins[dsn]
        if twin == nil, let at = devices[dsn]?.provisionedAt, switches.recordBeforeConnection == .exists {
            switch switches.push {
            case .auto: twin = now >= at + Self.pushDelay ? CloudTwin() : nil
            case .atOnce: twin = CloudTwin()
            case .never: break
            }
        }
        if switches.activation == .provision, let at = devices[dsn]?.provisionedAt { twin?.activatedAt = at }
        return twin
    }

    /// A company's own template before a public one.
    private func template(oem: String, oemModel: String, version: String) -> CloudTemplate? {
        let fitting = templates.filter { $0.fits(oem: oem, oemModel: oemModel, version: version) }
        return fitting.first { $0.visibility == .oem } ?? fitting.first
    }

    private func checkAdmission(_ device: FactoryDevice, isTest: Bool) throws(ConnectRefusal) {
        switch (device.state, isTest) {
        case (.provisioned, true): return
        case (.provisioned, false): if switches.push == .never { throw .notEnabled }
        case (_, false): throw .notEnabled
        case (.reserved, true): if switches.reservedTest == .refused { throw .noTest }
        case (.manufactured, true): if switches.manufacturedTest == .absent { throw .noTest }
        }
    }

    /// The company whose unit this is, if the unit is believed.
    private func authenticated(_ hello: UnitHello, _ device: FactoryDevice, _ twin: CloudTwin) -> CloudTenant? {
        guard let oem = hello.oem, let tenant = tenants[oem] else { return nil }
        guard let key = hello.oemKey else {
            let owner = twin.oem ?? device.oem
            return owner == nil || owner == oem ? tenant : nil
        }
        let isSecret = key.withBytes { key in tenant.oemSecret.withBytes { $0.elementsEqual(key) } }
        return isSecret || isKey(key, of: tenant, hello.oemModel ?? "", device) ? tenant : nil
    }

    /// Whether it is base64 of an OEM key for this DSN that holds this company's secret and id and this OEM model.
    private func isKey(_ text: SharedSecret, of tenant: CloudTenant, _ oemModel: String, _ device: FactoryDevice)
        -> Bool
    {
        guard let key = text.withBytes({ Base64.decode(String(decoding: $0, as: UTF8.self)) }) else { return false }
        do throws(MintmarkError) {
            let plaintext = try SandboxKeyPair(number: device.number).privateKey().decrypt(key)
            return plaintext.withBytes { bytes in
                guard let fields = Self.oemKeyFields(bytes) else { return false }
                return tenant.oemSecret.withBytes { $0.elementsEqual(fields[1]) }
                    && tenant.oemID.utf8.elementsEqual(fields[2]) && oemModel.utf8.elementsEqual(fields[3])
            }
        } catch {
            return false
        }
    }
}
