// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

extension Station {
    /// Gives free DSNs back to whoever owns the numbers: all of them in one commit, or none. They never come back to
    /// this pool.
    ///
    /// - Throws: `.badInput` for a DSN that is not in the pool, is named twice, or an empty reason; `.refused` for one
    ///   that is not free.
    package func giveBack(_ dsns: [DSN], reason: String, actor: String) async throws {
        let reason = try Self.reason(reason)
        try checkUncontradicted()
        guard Set(dsns).count == dsns.count else {
            throw MintmarkError(.badInput, "a DSN is named twice", next: "Name each DSN once; nothing was returned.")
        }
        try await outside.ledger.commit { state in
            var entries: [EntryDraft] = []
            for dsn in dsns {
                let record = try Self.pooled(dsn, state)
                guard record.state == .free else {
                    throw MintmarkError(
                        .refused, "DSN \(dsn) is \(record.state.rawValue), only a free DSN can be returned",
                        next: "Leave it out; nothing was returned.")
                }
                entries.append(
                    EntryDraft(
                        DSNReturned(dsn: dsn, reason: reason),
                        by: EntryContext(actor: actor, unit: dsn.description)))
            }
            return Decision(entries)
        }
    }

    /// Gives a DSN up for good: no unit ever gets it again, and the unit it was on may get another one.
    ///
    /// - Throws: `.badInput` for a DSN that is not in the pool or an empty reason; `.refused` for one that is
    ///   registered, that is being registered, or that is burned or returned already.
    package func burn(_ dsn: DSN, reason: String, actor: String) async throws {
        let reason = try Self.reason(reason)
        try checkUncontradicted()
        try await outside.ledger.commit { state in
            Decision([try Self.burning(dsn, because: reason, by: EntryContext(actor: actor), state)])
        }
    }

    /// The entry that burns this DSN, if the rules allow it. It is told of the unit, which loses its name with it.
    static func burning(
        _ dsn: DSN, because reason: String, readBack: ReadBack? = nil, by context: EntryContext,
        _ state: any LedgerState
    ) throws -> EntryDraft {
        let record = try pooled(dsn, state)
        switch record.before ?? record.state {
        case .free, .assigned, .written, .unknown: break
        case .registered:
            throw refusal(dsn, "is registered", "A registered unit keeps its DSN for life.")
        case .burned, .returned, .quarantined, .transferred:
            throw refusal(dsn, "is \(record.state.rawValue)", "Nothing is left to do.")
        }
        let holder = try state.unit(dsn: dsn)
        if let badge = holder?.badge, badge == .queued || badge == .unknown {
            throw refusal(
                dsn, "is being registered", "Run `mintmark register --pending` and burn it if the cloud refuses it.")
        }
        return EntryDraft(
            DSNBurned(dsn: dsn, reason: reason, readBack: readBack),
            by: context.about(holder?.hardware ?? dsn.description))
    }

    /// - Throws: what somebody outside knows against this ledger: nothing is decided on it then.
    func checkUncontradicted() throws(MintmarkError) {
        if let error = outside.contradiction.error { throw error }
    }

    /// A reason a person wrote, without blanks around it.
    ///
    /// - Throws: `.badInput` when it is empty, longer than 500 bytes or has control characters.
    static func reason(_ text: String) throws(MintmarkError) -> String {
        let inner = text.drop { $0 == " " }
        let trimmed = String(inner.reversed().drop { $0 == " " }.reversed())
        guard !trimmed.isEmpty, trimmed.utf8.count <= 500, trimmed.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw MintmarkError(
                .badInput, "the reason is empty, has control characters or is longer than 500 bytes",
                next: "Say in one sentence why.")
        }
        return trimmed
    }

    private static func pooled(_ dsn: DSN, _ state: any LedgerState) throws -> DSNRecord {
        guard let record = try state.dsn(dsn) else {
            throw MintmarkError(
                .badInput, "DSN \(dsn) never was in the pool of this station",
                next: "Name the station that reserved or imported it; `mintmark dsn list` shows a pool.")
        }
        return record
    }

    private static func refusal(_ dsn: DSN, _ what: String, _ next: String) -> MintmarkError {
        MintmarkError(.refused, "DSN \(dsn) \(what) and cannot be burned", next: next)
    }
}
