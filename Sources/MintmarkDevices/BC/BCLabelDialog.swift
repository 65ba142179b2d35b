// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// Module maker: gives a blank module its DSN, model and public key file, and leaves manufacturing mode.
package final class BCLabelDialog: UnitDialog {
    package struct Order: Sendable {
        package var moduleModel: String
        package var mfgModel: String
        /// Allowed versions; empty is any.
        package var firmware: [String]
        /// Only looks: nothing is written.
        package var isDryRun: Bool

        package init(moduleModel: String, mfgModel: String, firmware: [String], isDryRun: Bool) {
            self.moduleModel = moduleModel
            self.mfgModel = mfgModel
            self.firmware = firmware
            self.isDryRun = isDryRun
        }
    }

    private enum Step: String {
        case reset
        case readIdentity = "read-identity"
        case writeIdentity = "write-identity"
        case save
        case readBack = "read-back"
    }

    package let plan: [PlannedStep]
    private let order: Order
    private let session: BCSession
    private var assigned: AssignedIdentity?
    private var isWritten = false

    package var facts: UnitFacts { session.facts }
    package var transcript: Transcript { session.console.transcript }

    package init(order: Order, port: any SerialPort, timing: ConsoleTiming, transcript: Transcript) {
        self.order = order
        session = BCSession(console: Console(port: port, timing: timing, transcript: transcript))
        let looking = [
            PlannedStep(Step.reset.rawValue, deadline: timing.boot * 4),
            PlannedStep(Step.readIdentity.rawValue, deadline: timing.command * 4),
        ]
        let writing = [
            PlannedStep(Step.writeIdentity.rawValue, deadline: timing.command * 12, writes: .identity),
            PlannedStep(Step.save.rawValue, deadline: timing.command * 4, writes: .saved),
            PlannedStep(Step.readBack.rawValue, deadline: timing.boot * 6),
        ]
        plan = order.isDryRun ? looking : looking + writing
    }

    package func take(_ identity: AssignedIdentity) { assigned = identity }

    package func finish() { isWritten = true }

    package func perform(_ step: PlannedStep) async throws {
        session.console.stepDeadline = .now + step.deadline
        switch Step(rawValue: step.name) {
        case .reset: try await reset()
        case .readIdentity: try await readIdentity()
        case .writeIdentity: try await unlessWritten { try await writeTwice($0) }
        case .save: try await unlessWritten { _ in try await save() }
        case .readBack: try await readBack(try handedOver())
        case nil: throw session.unknown(step)
        }
    }

    private func reset() async throws {
        try await session.boot()
        try session.check(firmware: order.firmware)
    }

    private func readIdentity() async throws {
        let identity = try await session.learnIdentity()
        session.facts.identity = identity
        // A module that left manufacturing mode may be one this station was interrupted on; its DSN decides.
        if session.facts.mode == .setup, identity.dsn != nil { return }
        try session.check(mode: .manufacturing)
        guard identity.dsn == nil else { return }
        let status = try await session.console.command("show test_status")
        if let refusal = status.readRefusal { throw session.refused("show test_status", refusal, errCode: 70) }
        let words = status.lines.joined(separator: " ").split(whereSeparator: { !("0"..."9").contains($0) })
        guard let time = words.last.flatMap({ Int64($0) }), time != 0 else {
            throw MintmarkError(
                .notTested, "the module has no record of a passed test", next: "Test the module before it is labelled.",
                errCode: 69)
        }
    }

    private func unlessWritten(_ act: (AssignedIdentity) async throws -> Void) async throws {
        let assigned = try handedOver()
        if !isWritten { try await act(assigned) }
    }

    private func handedOver() throws(MintmarkError) -> AssignedIdentity {
        guard let assigned else {
            throw MintmarkError(.stationFault, "no DSN was handed to the dialog", next: "Report this as a bug.")
        }
        return assigned
    }

    /// A restart or a damaged line voids what was not saved: the whole block is written again, once.
    private func writeTwice(_ assigned: AssignedIdentity) async throws {
        do {
            try await write(assigned)
        } catch let error as MintmarkError where Self.isWorthAgain(error.code) {
            session.console.transcript.remark("\(error.what); the block is written again")
            try await write(assigned)
        }
    }

    private static func isWorthAgain(_ code: MintmarkError.Code) -> Bool {
        code == .deviceRebooted || code == .echoDiffers || code == .keyFileDiffers
    }

    private func write(_ assigned: AssignedIdentity) async throws {
        try await session.confirmIdentity(given: assigned.dsn)
        try await session.set("id serial \(assigned.dsn)", errCode: 66)
        try await session.set("id dev_id \(assigned.dsn)", errCode: 66)
        try await session.set("id model \(order.moduleModel)", errCode: 66)
        try await session.set("id mfg_model \(order.mfgModel)", errCode: 66)
        try await session.set("id mfg_serial \(assigned.mfgSerial)", errCode: 66)
        try await writeKeyFile(assigned.keyFile)
        // What is wrong here is still forgotten by a reset; after the save it is not.
        try await session.look { try self.check(try await self.session.readIdentity(), against: assigned) }
    }

    private func writeKeyFile(_ text: String) async throws {
        try await session.set("file start 0", errCode: 66)
        // Adding is not idempotent: after a damaged echo the file begins anew.
        for piece in KeyFile.pieces(text) { try await session.set("file add \(piece)", errCode: 66, repeats: false) }
        let reply = try await session.console.command("file crc 0")
        guard reply.lines == [KeyFile.report(text)] else {
            throw MintmarkError(
                .keyFileDiffers,
                "the unit's key file is \"\(session.console.quote(reply.lines.first ?? ""))\", written was \"\(KeyFile.report(text))\"",
                next: "Run the unit again; if it fails again, put it aside.", errCode: 72)
        }
    }

    private func save() async throws {
        try await session.set("mfg_mode disable", errCode: 66)
        do {
            try await session.set("save", errCode: 66, allowing: "configuration saved")
        } catch let error as MintmarkError where error.code == .deviceRebooted {
            // The read-back decides whether the restart came before or after the save.
            session.console.transcript.remark("the unit restarted while saving")
        }
    }

    private func readBack(_ assigned: AssignedIdentity) async throws {
        try await session.boot()
        try await session.look {
            let identity = try await self.session.readIdentity()
            try self.check(identity, against: assigned)
            self.session.facts.identity = identity
        }
        guard session.facts.mode == .setup else {
            throw session.differs("the mode", expected: "setup mode", shown: session.facts.mode?.mode, errCode: 66)
        }
    }

    private func check(_ identity: UnitIdentity, against assigned: AssignedIdentity) throws(MintmarkError) {
        try session.confirm(identity, given: assigned.dsn)
        let pairs = [
            ("the DSN", assigned.dsn.description, session.shown?.value("serial")),
            ("dev_id", assigned.dsn.description, session.shown?.value("dev_id")),
            ("the model", order.moduleModel, identity.model), ("mfg_model", order.mfgModel, identity.mfgModel),
            ("mfg_serial", assigned.mfgSerial, identity.mfgSerial),
        ]
        for (name, expected, shown) in pairs where expected != shown {
            throw session.differs(name, expected: expected, shown: shown, errCode: 66)
        }
    }
}
