// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// Device maker: gives a labelled module its OEM id, model and key, its Wi-Fi AP and region, and leaves setup mode.
package final class BCConfigDialog: UnitDialog {
    package struct AccessPoint: Sendable {
        /// The module appends its MAC address.
        package var ssidPrefix: String
        package var security: String
        /// With any security but `none`.
        package var key: SharedSecret?

        package init(ssidPrefix: String, security: String, key: SharedSecret?) {
            self.ssidPrefix = ssidPrefix
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
        package var oemSecret: SharedSecret
        package var accessPoint: AccessPoint?
        /// `US`, `CN`, or empty for the default.
        package var region: String
        /// Writes, reads back and forgets: nothing is saved.
        package var isDryRun: Bool

        package init(
            moduleModel: String, firmware: [String], oemID: String, oemModel: String, oemSecret: SharedSecret,
            accessPoint: AccessPoint?, region: String, isDryRun: Bool
        ) {
            self.moduleModel = moduleModel
            self.firmware = firmware
            self.oemID = oemID
            self.oemModel = oemModel
            self.oemSecret = oemSecret
            self.accessPoint = accessPoint
            self.region = region
            self.isDryRun = isDryRun
        }
    }

    private enum Step: String {
        case reset
        case readIdentity = "read-identity"
        case writeOEM = "write-oem"
        case forget
        case save
        case readBack = "read-back"
    }

    package let plan: [PlannedStep]
    private let order: Order
    private let session: BCSession
    private var isWritten = false

    package var facts: UnitFacts { session.facts }
    package var transcript: Transcript { session.console.transcript }

    package init(order: Order, port: any SerialPort, timing: ConsoleTiming, transcript: Transcript) {
        self.order = order
        session = BCSession(console: Console(port: port, timing: timing, transcript: transcript))
        let writing = [
            PlannedStep(Step.reset.rawValue, deadline: timing.boot * 4),
            PlannedStep(Step.readIdentity.rawValue, deadline: timing.command * 4),
            PlannedStep(
                Step.writeOEM.rawValue, deadline: timing.command * 12, writes: order.isDryRun ? .nothing : .secret),
        ]
        let keeping = [
            PlannedStep(Step.save.rawValue, deadline: timing.command * 4, writes: .saved),
            PlannedStep(Step.readBack.rawValue, deadline: timing.boot * 6),
        ]
        let forgetting = [PlannedStep(Step.forget.rawValue, deadline: timing.boot * 4)]
        plan = writing + (order.isDryRun ? forgetting : keeping)
    }

    /// A configured module keeps the identity it came with.
    package func take(_ identity: AssignedIdentity) {}

    package func finish() { isWritten = true }

    package func perform(_ step: PlannedStep) async throws {
        session.console.stepDeadline = .now + step.deadline
        switch Step(rawValue: step.name) {
        case .reset: try await reset()
        case .readIdentity: try await readIdentity()
        case .writeOEM: try await unlessWritten { try await writeTwice() }
        case .forget: try await session.boot()
        case .save: try await unlessWritten { try await save() }
        case .readBack: try await readBack()
        case nil: throw session.unknown(step)
        }
    }

    private func reset() async throws {
        try await session.boot()
        try session.check(firmware: order.firmware)
        // A module in user mode may be one this station was interrupted on; the ledger decides.
        if order.isDryRun || session.facts.mode != .user { try session.check(mode: .setup) }
    }

    private func unlessWritten(_ act: () async throws -> Void) async throws {
        guard !isWritten else { return }
        try session.check(mode: .setup)
        try await act()
    }

    private func readIdentity() async throws {
        try await session.learnLabelled(as: order.moduleModel)
    }

    /// A restart voids what was not saved: the whole block is written again, once.
    private func writeTwice() async throws {
        do {
            try await write()
        } catch let error as MintmarkError where error.code == .deviceRebooted {
            session.console.transcript.remark("\(error.what); the block is written again")
            try await write()
        }
    }

    private func write() async throws {
        try await session.confirmIdentity()
        if let accessPoint = order.accessPoint { try await write(accessPoint) }
        // In this order: a change of id or model may clear the key.
        try await session.set("oem \(order.oemID)", errCode: 51)
        try await session.set("oem model \(order.oemModel)", errCode: 51)
        try await session.set("oem key ", secret: order.oemSecret, errCode: 51)
        let region = order.region.isEmpty ? "\"\"" : order.region
        try await session.set("client server region \(region)", errCode: 51)
        try await session.look { try await self.checkOEM() }
        try await session.look { try await self.checkAccessPoint() }
    }

    private func write(_ accessPoint: AccessPoint) async throws {
        try await session.set("wifi profile ap", errCode: 51)
        try await session.set("wifi ssid-mac \(accessPoint.ssidPrefix)", errCode: 51)
        try await session.set("wifi security \(accessPoint.security)", errCode: 51)
        if let key = accessPoint.key { try await session.set("wifi key ", secret: key, errCode: 51) }
        try await session.set("wifi profile enable", errCode: 51)
        try await session.set("wifi commit", errCode: 51)
    }

    private func save() async throws {
        try await session.set("setup_mode disable", errCode: 51)
        do {
            try await session.set("save", errCode: 51, allowing: "configuration saved")
        } catch let error as MintmarkError where error.code == .deviceRebooted {
            // The read-back decides whether the restart came before or after the save.
            session.console.transcript.remark("the unit restarted while saving")
        }
    }

    private func readBack() async throws {
        try await session.boot()
        try await session.confirmIdentity()
        try await session.look { try await self.checkOEM() }
        try await session.look { try await self.checkAccessPoint() }
        guard session.facts.mode == .user else {
            throw session.differs("the mode", expected: "user mode", shown: session.facts.mode?.mode, errCode: 51)
        }
    }

    private func checkOEM() async throws {
        for _ in 1...3 {
            let reply = try await session.console.command("oem")
            guard let status = OEMStatus(reply.lines) else { continue }
            guard status.id == order.oemID else {
                throw session.differs("the OEM id", expected: order.oemID, shown: status.id, errCode: 51)
            }
            guard status.model == order.oemModel else {
                throw session.differs("the OEM model", expected: order.oemModel, shown: status.model, errCode: 51)
            }
            guard status.isKeySet else {
                throw session.differs("the OEM key", expected: "(is set)", shown: "(not set)", errCode: 51)
            }
            return
        }
        throw session.garbled("OEM data")
    }

    private func checkAccessPoint() async throws {
        guard let accessPoint = order.accessPoint, let identity = session.facts.identity else { return }
        for _ in 1...3 {
            let reply = try await session.console.command("show wifi")
            guard let status = WifiStatus(reply.lines) else { continue }
            let network = "\(accessPoint.ssidPrefix)\(identity.mac)"
            guard status.network == network else {
                throw session.differs("the AP's name", expected: network, shown: status.network, errCode: 51)
            }
            guard status.security == accessPoint.security else {
                throw session.differs(
                    "the AP's security", expected: accessPoint.security, shown: status.security, errCode: 51)
            }
            guard status.isEnabled else {
                throw session.differs("the AP", expected: "enabled", shown: "disabled", errCode: 51)
            }
            return
        }
        throw session.garbled("Wi-Fi data")
    }
}
