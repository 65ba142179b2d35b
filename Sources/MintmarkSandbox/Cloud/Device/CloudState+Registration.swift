// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// Registration of a unit to the user who has it.
///
/// Sources: Ayla Device Service API, registration; Ayla registration methods (2018-11). Every client is on the units'
/// network here, so that the public IP address always fits.
extension CloudState {
    /// A unit of the caller's company that connected lately and waits for a user.
    func candidate(_ call: CloudCall, now: Int64) throws(CallFailure) -> CloudAnswer {
        let caller = try caller(call, now: now)
        let minutes = call.query["time"].flatMap { Int64($0) }.map { min(max($0, 0), 1_000_000) } ?? 5
        let (type, dsn, ip) = (call.query["regtype"], call.query["dsn"], call.query["ip"])
        let found = devices.values.sorted { $0.dsn < $1.dsn }.first { device in
            guard let twin = twin(of: device.dsn, now: now), isRegistrable(device, twin, to: caller, now: now),
                let connectedAt = twin.connectedAt
            else { return false }
            return now - connectedAt <= minutes * 60 && dsn ?? device.dsn.description == device.dsn.description
                && ip ?? CloudTwin.address == CloudTwin.address
                && type ?? twin.registration.rawValue == twin.registration.rawValue
        }
        guard let found, let twin = twin(of: found.dsn, now: now) else { throw .notFound }
        let device = shown(twin, found)
        return CloudAnswer(
            200,
            [
                "device": .object([
                    "connected_at": device["connected_at"], "dsn": device["dsn"], "lan_ip": device["lan_ip"],
                    "model": device["model"], "oem_model": device["oem_model"], "product_class": .null,
                    "product_name": device["product_name"],
                ])
            ])
    }

    /// Registers a unit to the caller. 404: nothing to register; 417: it is not proven to be at hand.
    mutating func claim(_ call: CloudCall, now: Int64) throws(CallFailure) -> CloudAnswer {
        let caller = try caller(call, now: now)
        guard let body = call.member("device")?.object, let dsn = body["dsn"]?.text else { throw .noCandidate }
        guard let device = device(dsn: dsn), var twin = twin(of: device.dsn, now: now),
            isRegistrable(device, twin, to: caller, now: now)
        else { throw .notFound }
        let (token, setupToken) = (body["regtoken"]?.text, body["setup_token"]?.text)
        guard twin.proof.accepts(twin.registration, token: token, setupToken: setupToken) else { throw .noCandidate }
        twin.proof.token = nil
        twins[device.dsn] = twin
        give(device, to: caller.user.uuid, now: now)
        let shown = shown(twin, device)
        return CloudAnswer(
            201,
            [
                "device": .object([
                    "connected_at": shown["connected_at"], "dsn": shown["dsn"], "key": shown["key"],
                    "model": shown["model"], "product_name": shown["product_name"],
                ])
            ]
        ).committed
    }

    /// Another owner or none, and the event of it.
    mutating func give(_ device: FactoryDevice, to owner: String?, now: Int64) {
        guard var twin = twin(of: device.dsn, now: now), twin.owner != owner else { return }
        twin.owner = owner
        twins[device.dsn] = twin
        tell(.registration(owner: owner, twin.registration), twin, device, now: now)
    }

    /// Somebody pushes the unit's button; `POST /sandbox/devices/{dsn}/push-button`.
    mutating func pushButton(of dsn: DSN, now: Int64) throws(ConnectRefusal) {
        _ = try connected(dsn)
        twins[dsn]?.proof.buttonPushed = now
    }

    private func isRegistrable(
        _ device: FactoryDevice, _ twin: CloudTwin, to caller: CloudCaller, now: Int64
    ) -> Bool {
        caller.devices != .none && twin.oem ?? device.oem == caller.tenant.oemID
            && (twin.owner == nil || twin.registration.replacesOwner)
            && twin.proof.isOpen(twin.registration, connectedAt: twin.connectedAt, now: now)
    }
}
