// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// The state that follows from the entries. Writer and replay both come through `apply`, so they cannot differ.
///
/// An entry that the state does not allow is refused, and every `apply` checks all before it changes anything. That is
/// a seat belt: the station asks before it decides.
final class Projections {
    let dsns: DSNTable
    let units: UnitTable
    let runs: RunTable
    let outbox: OutboxTable
    let reserves: ReserveTable
    let marks: MarkTable
    let clock: ClockTable

    init(_ connection: SQLConnection) throws(MintmarkError) {
        dsns = try DSNTable(connection)
        units = try UnitTable(connection)
        runs = try RunTable(connection)
        outbox = try OutboxTable(connection)
        reserves = try ReserveTable(connection)
        marks = try MarkTable(connection)
        clock = try ClockTable(connection)
    }

    /// - Throws: `.stationFault` when the entry does not fit, `.ledgerFault` when storage fails.
    func apply(_ body: any EntryPayload, by context: EntryContext, at stamp: EntryStamp) throws(MintmarkError) {
        let at = Place(context: context, stamp: stamp)
        switch type(of: body).type {
        case .logOpen, .sessionOpen, .sessionClose, .stepResult, .twinChecked: break
        case .clockStep: try clock.doubt()
        case .clockConfirmed:
            try with(body) { (body: ClockConfirmed) throws(MintmarkError) in try clock.confirm(body, at: stamp) }
        case .logContinue: try with(body) { (body: LogContinue) throws(MintmarkError) in try goOn(body, at) }
        case .dsnReserveIntent:
            try with(body) { (body: DSNReserveIntent) throws(MintmarkError) in try reserves.add(body, at: at.sequence) }
        case .dsnReserveRefused:
            try with(body) { (body: DSNReserveRefused) throws(MintmarkError) in
                try reserves.end(body.request, as: .refused)
            }
        case .dsnUnknown:
            try with(body) { (body: DSNUnknown) throws(MintmarkError) in try reserves.end(body.request, as: .unknown) }
        case .dsnUnknownSettled:
            try with(body) { (body: DSNUnknownSettled) throws(MintmarkError) in
                try reserves.settle(body.request, count: body.count)
            }
        case .dsnUnknownDisproved:
            try with(body) { (body: DSNUnknownDisproved) throws(MintmarkError) in
                try reserves.settle(body.request, count: body.count)
            }
        case .dsnReserved:
            try with(body) { (body: DSNReserved) throws(MintmarkError) in try reserve(body, at) }
        case .dsnImport:
            try with(body) { (body: DSNImport) throws(MintmarkError) in
                try marks.addArchive(body.sha256, at: at.sequence)
            }
        case .keyRotate:
            try with(body) { (body: KeyRotate) throws(MintmarkError) in try marks.addHeadKey(body, at: at.sequence) }
        case .sandboxMark:
            try with(body) { (body: SandboxMark) throws(MintmarkError) in
                try marks.addSandbox(body.host, at: at.sequence)
            }
        case .fieldConfirmed:
            try with(body) { (body: FieldConfirmed) throws(MintmarkError) in
                try marks.raiseCounter(body.counter, to: try marks.counter(body.counter) + 1)
            }
        case .dsnAssigned: try with(body) { (body: DSNAssigned) throws(MintmarkError) in try assign(body, at) }
        case .dsnWritten: try with(body) { (body: DSNWritten) throws(MintmarkError) in try written(body, at) }
        case .dsnBurned: try with(body) { (body: DSNBurned) throws(MintmarkError) in try burn(body, at) }
        case .dsnReturned: try with(body) { (body: DSNReturned) throws(MintmarkError) in try giveBack(body, at) }
        case .dsnReconciled:
            try with(body) { (body: DSNReconciled) throws(MintmarkError) in try reconcile(body, at) }
        case .runOpen:
            try with(body) { (body: RunOpen) throws(MintmarkError) in try runs.add(body, by: context, at: stamp) }
        case .runResult: try with(body) { (body: RunResult) throws(MintmarkError) in try end(body, at) }
        case .runDated: try with(body) { (body: RunDated) throws(MintmarkError) in try date(body, at) }
        case .stepIntent: try with(body) { (body: StepIntent) throws(MintmarkError) in try begin(body, at) }
        case .registerIntent: try with(body) { (body: RegisterIntent) throws(MintmarkError) in try register(body, at) }
        case .registerUnknown: try with(body) { (body: RegisterUnknown) throws(MintmarkError) in try lost(body, at) }
        case .registerResult: try with(body) { (body: RegisterResult) throws(MintmarkError) in try answer(body, at) }
        case .unitSeen: try with(body) { (body: UnitSeen) throws(MintmarkError) in try see(body, at) }
        case .unitQuarantine: try with(body) { (body: UnitQuarantine) throws(MintmarkError) in try setAside(body, at) }
        case .unitRelease: try with(body) { (body: UnitRelease) throws(MintmarkError) in try release(body, at) }
        }
    }

    /// Where in the log an entry stands.
    struct Place {
        let context: EntryContext
        let stamp: EntryStamp
        var sequence: Int64 { stamp.sequence }
    }

    private func with<Payload: EntryPayload>(
        _ body: any EntryPayload, _ act: (Payload) throws(MintmarkError) -> Void
    ) throws(MintmarkError) {
        guard let body = body as? Payload else {
            throw LedgerFault.misfit("an entry has the type of another one (\(Payload.type.rawValue))")
        }
        try act(body)
    }
}
