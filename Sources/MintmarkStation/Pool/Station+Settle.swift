// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

extension Station {
    /// Ends the doubt about reserves whose reply was lost, after a person looked in the vendor's dashboard and imported
    /// what was reserved: all of them, or those that are named. From then on the pool is filled again.
    ///
    /// Returns how many DSNs are no longer counted as unknown.
    ///
    /// - Throws: `.badInput` for a request whose reply was not lost, or an empty reason.
    package func settle(_ requests: [String], reason: String, actor: String) async throws -> Int {
        let reason = try Self.reason(reason)
        try checkUncontradicted()
        return try await outside.ledger.commit { state in
            let lost = try state.lostReserves()
            for request in requests where !lost.contains(where: { $0.request == request }) {
                throw MintmarkError(
                    .badInput, "no reserve \(request.quoted) has a lost reply",
                    next: "Leave it out; `mintmark dsn settle --all` takes those that there are.")
            }
            let chosen = lost.filter { requests.isEmpty || requests.contains($0.request) }
            let entries = chosen.map {
                EntryDraft(
                    DSNUnknownSettled(request: $0.request, count: $0.count, reason: reason),
                    by: EntryContext(actor: actor))
            }
            return Decision(entries, chosen.reduce(0) { $0 + $1.count })
        }
    }
}
