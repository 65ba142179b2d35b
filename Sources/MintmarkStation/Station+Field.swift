// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

extension Station {
    /// Lets nothing go to a field deployment before a person has confirmed it, once for a ledger, account and
    /// environment. A ledger that knows a sandbox never gets there: its DSNs are no real ones.
    ///
    /// `ask` gives the person's answer to a question; it is nil where nobody can be asked.
    ///
    /// - Throws: `.sandboxMixUp` for a ledger of a rehearsal, `.refused` without the right answer.
    package func confirmField(actor: String, ask: ((String) async -> String?)?) async throws {
        guard file.environment.deployment == .field else { return }
        let name = file.environment.description
        let confirmation = FieldConfirmed(oemID: file.oemID, environment: name)
        let (hasSandbox, isConfirmed) = try await outside.ledger.read { state in
            (try state.hasSandboxMark(), try state.isConfirmed(confirmation))
        }
        guard !hasSandbox else {
            throw MintmarkError(
                .sandboxMixUp, "this ledger was filled with a sandbox's DSNs, and the station file names \(name)",
                next: "Give the station a new ledger: another path under `ledger:`, then `mintmark station init`.")
        }
        guard !isConfirmed else { return }
        let question =
            "Station \(file.station) has never worked on \(name), a field deployment: what it registers there are products "
            + "of account \(file.account) that are sold. Type \(name) to go on: "
        guard let ask else {
            throw MintmarkError(
                .refused, "nobody has confirmed yet that this station may work on \(name), a field deployment",
                next: "Run `mintmark station confirm STATION-FILE \(name)` once.")
        }
        guard await ask(question) == name else {
            throw MintmarkError(
                .refused, "work on \(name) was not confirmed; nothing was done",
                next: "Correct cloud.deployment in the station file, or confirm \(name).")
        }
        let entry = EntryDraft(confirmation, by: EntryContext(actor: actor))
        try await outside.ledger.commit { _ in Decision([entry]) }
    }
}

extension LedgerState {
    /// A counter that was never used begins where the lost end of an earlier log may have left it.
    fileprivate func isConfirmed(_ confirmation: FieldConfirmed) throws -> Bool {
        try counter(confirmation.counter) > counter("")
    }
}
