// SPDX-License-Identifier: Apache-2.0

/// Append-only evidence with the state that follows from it. One process writes.
package protocol Ledger: Sendable {
    /// Asks `act` for entries, in the light of everything committed before, and makes them durable with their
    /// projections in one commit; returns only then. When `act` throws, nothing of it is kept.
    ///
    /// - Throws: what `act` throws; `.ledgerFault` or `.diskFull` when the commit failed, and from then on always.
    func commit<Answer: Sendable>(
        _ act: @escaping @Sendable (any LedgerState) throws -> Decision<Answer>
    ) async throws -> Answer

    /// Looks without writing.
    func read<Answer: Sendable>(_ look: @escaping @Sendable (any LedgerState) throws -> Answer) async throws -> Answer
}

/// What an act decided: entries to append and what to tell its caller once they are durable.
package struct Decision<Answer: Sendable>: Sendable {
    package let entries: [EntryDraft]
    package let answer: Answer

    package init(_ entries: [EntryDraft], _ answer: Answer) {
        self.entries = entries
        self.answer = answer
    }
}

extension Decision where Answer == Void {
    package init(_ entries: [EntryDraft]) { self.init(entries, ()) }
}

/// The projections, as of the last commit (inside `commit`: as of the acts before this one).
package protocol LedgerState {
    /// The free DSN that was reserved first, for this module model.
    func freeDSN(model: String) throws -> DSNRecord?
    /// How many DSNs are free for this module model.
    func freeDSNs(model: String) throws -> Int
    /// The free DSNs of this module model, in the order in which they came.
    func namesOfFreeDSNs(model: String) throws -> [DSN]
    func dsn(_ dsn: DSN) throws -> DSNRecord?
    /// The unit with this hardware signature, else with this MAC address.
    func unit(hwsig: HardwareSignature?, mac: MAC) throws -> UnitRecord?
    func unit(dsn: DSN) throws -> UnitRecord?
    /// The highest number used by this counter so far; 0 before the first.
    func counter(_ name: String) throws -> Int
    /// Whether this archive was imported.
    func hasArchive(sha256: String) throws -> Bool
    /// Runs without a result, oldest first.
    func openRuns() throws -> [OpenRun]
    /// Place and time of the entry that ended the run; nil for one that goes on or that is not in this ledger.
    func result(ofRun run: String) throws -> EntryStamp?
    /// Registrations without a final badge, oldest first.
    func pendingRegistrations() throws -> [PendingRegistration]
    /// Of those, the ones with a date of manufacture from a clock that nobody vouched for.
    func unsureRegistrations() throws -> [PendingRegistration]
    /// The registration with this id, if it has no final badge.
    func pendingRegistration(_ request: String) throws -> PendingRegistration?
    /// The newest registration of this DSN, whatever came of it.
    func lastRegistration(of dsn: DSN) throws -> PendingRegistration?
    /// How many registrations have no final badge, and the oldest of them.
    func waitingRegistrations() throws -> WaitingRegistrations
    /// Registrations that the cloud refused and that were not sent again since, oldest first.
    func refusedRegistrations() throws -> [PendingRegistration]
    /// Reserve requests whose reply was lost and that are not settled yet, oldest first.
    func lostReserves() throws -> [LostReserve]
    /// Reserve requests whose intent has neither DSNs nor a refusal nor an `unknown`.
    func openReserves() throws -> [DSNReserveIntent]
    func account() throws -> DSNAccount
    func hasSandboxMark() throws -> Bool
    func clock() throws -> LedgerClock
}
