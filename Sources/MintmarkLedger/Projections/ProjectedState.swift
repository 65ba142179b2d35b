// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// What acts and lookers see: the projections as of the last entry.
struct ProjectedState: LedgerState {
    let projections: Projections

    func freeDSN(model: String) throws -> DSNRecord? { try projections.dsns.firstFree(model: model) }

    func freeDSNs(model: String) throws -> Int { try projections.dsns.freeCount(model: model) }

    func namesOfFreeDSNs(model: String) throws -> [DSN] { try projections.dsns.freeNames(model: model) }

    func dsn(_ dsn: DSN) throws -> DSNRecord? { try projections.dsns.record(of: dsn) }

    func unit(hwsig: HardwareSignature?, mac: MAC) throws -> UnitRecord? {
        let byName = try hwsig.flatMap { try projections.units.unit(hardware: $0.description) }
        return try (byName ?? projections.units.unit(mac: mac.description)).map(UnitTable.record)
    }

    func unit(dsn: DSN) throws -> UnitRecord? { try projections.units.unit(dsn: dsn).map(UnitTable.record) }

    func counter(_ name: String) throws -> Int { try projections.marks.counter(name) }

    func hasArchive(sha256: String) throws -> Bool { try projections.marks.hasArchive(sha256) }

    func openRuns() throws -> [OpenRun] {
        try projections.runs.openRuns().map { open in
            let unit = try open.unit.flatMap { try projections.units.unit(named: $0) }.map(UnitTable.record)
            let name = unit.map { $0.dsn?.description ?? $0.hardware } ?? open.unit
            return OpenRun(
                run: open.run, slot: open.entry.context.slot, opened: try open.entry.payload(RunOpen.self), unit: unit,
                hasWritten: open.writes != .nothing, since: open.entry.stamp.time,
                context: open.entry.context.about(name))
        }
    }

    func result(ofRun run: String) throws -> EntryStamp? { try projections.runs.result(of: run) }

    func pendingRegistrations() throws -> [PendingRegistration] { try projections.outbox.pendingRegistrations() }

    func unsureRegistrations() throws -> [PendingRegistration] { try projections.outbox.unsureRegistrations() }

    func pendingRegistration(_ request: String) throws -> PendingRegistration? {
        try projections.outbox.pendingRegistration(request)
    }

    func lastRegistration(of dsn: DSN) throws -> PendingRegistration? {
        try projections.outbox.lastRegistration(of: dsn)
    }

    func waitingRegistrations() throws -> WaitingRegistrations { try projections.outbox.waiting() }

    func refusedRegistrations() throws -> [PendingRegistration] { try projections.outbox.refusedRegistrations() }

    func lostReserves() throws -> [LostReserve] { try projections.reserves.lostReserves() }

    func openReserves() throws -> [DSNReserveIntent] { try projections.reserves.openReserves() }

    func account() throws -> DSNAccount {
        let counts = try projections.dsns.counts()
        let unknown = try projections.reserves.unknownCount()
        return DSNAccount(reserved: counts.values.reduce(unknown, +), counts: counts, unknown: unknown)
    }

    func hasSandboxMark() throws -> Bool { try projections.marks.hasSandbox() }

    func clock() throws -> LedgerClock {
        let boot = try ProcessFacts.boot()
        return LedgerClock(
            boot: boot, last: try projections.clock.lastTime(),
            confirmed: try projections.clock.confirmed(in: boot))
    }
}
