// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

extension CloudControl {
    /// What a unit or the person who holds it does: `POST /sandbox/devices/{dsn}/VERB`.
    enum UnitVerb: String, CaseIterable {
        case connect, disconnect, report, acknowledge, locate
        case pushButton = "push-button"
    }

    func unit(_ text: String, _ verb: String, _ body: JSONObject) throws(MintmarkError) -> CloudAnswer {
        let dsn = try DSN(text)
        guard let verb = UnitVerb(rawValue: verb) else {
            return CloudAnswer(404, ["error": "The sandbox has no such route"])
        }
        let act = try act(verb, dsn, body)
        let now = core.clock()
        do throws(ConnectRefusal) {
            return try core.with { (parts) throws(ConnectRefusal) in
                try act(&parts.state, now)
                guard let device = parts.state.devices[dsn], let twin = parts.state.twin(of: dsn, now: now) else {
                    throw .unknownDSN
                }
                var shown = parts.state.shown(twin, device)
                shown["commands"] = .texts(twin.commands)
                return CloudAnswer(200, ["device": .object(shown)])
            }
        } catch {
            return CloudAnswer(error)
        }
    }

    private typealias Act = @Sendable (inout CloudState, _ now: Int64) throws(ConnectRefusal) -> Void

    /// The body is checked before anything changes.
    private func act(_ verb: UnitVerb, _ dsn: DSN, _ body: JSONObject) throws(MintmarkError) -> Act {
        switch verb {
        case .connect:
            return { (state, now) throws(ConnectRefusal) in try state.connect(dsn, UnitHello(body), now: now) }
        case .disconnect:
            return { (state, now) throws(ConnectRefusal) in try state.note("Offline", of: dsn, now: now) }
        case .pushButton:
            return { (state, now) throws(ConnectRefusal) in try state.pushButton(of: dsn, now: now) }
        case .report:
            let (name, value) = (try body.sentText("name"), body["value"] ?? .null)
            return { (state, now) throws(ConnectRefusal) in try state.report(name, value, of: dsn, now: now) }
        case .acknowledge:
            let name = try body.sentText("name")
            let (status, message) = (body["status"]?.integer ?? 200, body["message"]?.integer ?? 0)
            return { (state, now) throws(ConnectRefusal) in
                try state.acknowledge(name, status: status, message: message, of: dsn, now: now)
            }
        case .locate:
            let (latitude, longitude) = (try body.sentNumber("lat"), try body.sentNumber("long"))
            return { (state, now) throws(ConnectRefusal) in
                try state.locate(dsn, latitude: latitude, longitude: longitude, now: now)
            }
        }
    }
}
