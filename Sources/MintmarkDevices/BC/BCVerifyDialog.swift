// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// Device maker: reads a finished module back and lets it connect to the cloud as a test, so that it stays a new unit.
///
/// Nothing is saved: the test flag and the test network are gone at the next restart, which ends the dialog.
package final class BCVerifyDialog: UnitDialog {
    package struct TestNetwork: Sendable {
        package var ssid: String
        package var security: String
        /// With any security but `none`.
        package var key: SharedSecret?

        package init(ssid: String, security: String, key: SharedSecret?) {
            self.ssid = ssid
            self.security = security
            self.key = key
        }
    }

    package struct Order: Sendable {
        package var moduleModel: String
        /// Allowed versions; empty is any.
        package var firmware: [String]
        package var oemID: String
        package var oemModel: String
        package var network: TestNetwork

        package init(moduleModel: String, firmware: [String], oemID: String, oemModel: String, network: TestNetwork) {
            self.moduleModel = moduleModel
            self.firmware = firmware
            self.oemID = oemID
            self.oemModel = oemModel
            self.network = network
        }
    }

    private enum Step: String {
        case reset
        case readIdentity = "read-identity"
        case connect
        case release
    }

    package let plan: [PlannedStep]
    private let order: Order
    private let session: BCSession

    package var facts: UnitFacts { session.facts }
    package var transcript: Transcript { session.console.transcript }

    package init(order: Order, port: any SerialPort, timing: ConsoleTiming, transcript: Transcript) {
        self.order = order
        session = BCSession(console: Console(port: port, timing: timing, transcript: transcript))
        plan = [
            PlannedStep(Step.reset.rawValue, deadline: timing.boot * 4),
            PlannedStep(Step.readIdentity.rawValue, deadline: timing.command * 8),
            PlannedStep(Step.connect.rawValue, deadline: timing.command * 10 + timing.link, needsLeave: true),
            PlannedStep(Step.release.rawValue, deadline: timing.boot * 4),
        ]
    }

    /// A finished module keeps the identity it came with.
    package func take(_ identity: AssignedIdentity) {}

    package func finish() {}

    package func perform(_ step: PlannedStep) async throws {
        session.console.stepDeadline = .now + step.deadline
        switch Step(rawValue: step.name) {
        case .reset: try await reset()
        case .readIdentity: try await readIdentity()
        case .connect: try await connect()
        case .release: try await session.boot()
        case nil: throw session.unknown(step)
        }
    }

    private func reset() async throws {
        try await session.boot()
        try session.check(firmware: order.firmware)
        try session.check(mode: .user)
    }

    private func readIdentity() async throws {
        try await session.learnLabelled(as: order.moduleModel)
        try await session.look { try await self.checkOEM() }
    }

    private func checkOEM() async throws {
        for _ in 1...3 {
            let reply = try await session.console.command("show oem")
            guard let status = OEMStatus(reply.lines) else { continue }
            try check("OEM id", order.oemID, status.id)
            try check("OEM model", order.oemModel, status.model)
            try check("OEM key", "(is set)", status.isKeySet ? "(is set)" : "(not set)")
            return
        }
        throw session.garbled("OEM data")
    }

    private func check(_ name: String, _ expected: String, _ shown: String) throws(MintmarkError) {
        guard shown != expected else { return }
        throw MintmarkError(
            .readBackDiffers,
            "the unit's \(name) is \"\(session.console.quote(shown))\" instead of \"\(expected)\"",
            next: "Run the unit on the config station of this product first.", errCode: 51)
    }

    private func connect() async throws {
        try await session.confirmIdentity()
        try await session.set("client test", errCode: 51)
        try await session.set("wifi profile 0", errCode: 51)
        try await session.set("wifi ssid \(order.network.ssid)", errCode: 51)
        try await session.set("wifi security \(order.network.security)", errCode: 51)
        if let key = order.network.key { try await session.set("wifi key ", secret: key, errCode: 51) }
        try await session.set("wifi profile enable", errCode: 51)
        let commit = try await session.set("wifi commit", errCode: 51)
        let join = try await session.set("wifi join", errCode: 51)
        try await follow((commit.logs + join.logs).lazy.compactMap { LinkReport($0) }.first)
    }

    /// The module tells in its log how the connection went; a quiet log decides nothing, the cloud does.
    private func follow(_ told: LinkReport?) async throws {
        let console = session.console
        var report = told
        if report == nil {
            report = try await console.watch(by: .now + console.timing.link) { LinkReport($0) }
        }
        switch report {
        case .connected: return
        case nil: console.transcript.remark("the log says nothing of the connection; the cloud will")
        case .failed(let text):
            throw failed(text, next: "Check the test network and the unit's antenna, then run the unit again.")
        case .refused(let text):
            throw failed(
                text, next: "Check oem-secret and template of the config station; the cloud does not know this unit so."
            )
        }
    }

    private func failed(_ text: String, next: String) -> MintmarkError {
        MintmarkError(
            .notConnected, "the unit says \"\(session.console.quote(text))\"", next: next, errCode: 53)
    }
}
