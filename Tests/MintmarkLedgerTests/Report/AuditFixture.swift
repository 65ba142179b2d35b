// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkCrypto
import MintmarkLedger
import TestSupport

/// A small ledger with signed heads that holds something of everything a report tells.
struct AuditFixture: ~Copyable {
    /// Of the clock in the tests, in microseconds.
    static let start: Int64 = 1_773_739_800_000_000

    let base: LedgerFixture
    let key: Ed25519PrivateKey

    /// Two units that pass, one that fails, one set aside; an hour later a DSN is returned, that of the failed unit
    /// burned, the clock set back by five seconds, and a dry run made. The ledger is closed.
    /// `more` appends to it before that.
    init(_ more: (SQLiteLedger) async throws -> Void = { _ in }) async throws {
        let base = try LedgerFixture()
        let key = try Ed25519PrivateKey()
        let ledger = try await SQLiteLedger.open(
            at: base.path, station: "bench", software: "1.0+test", binaryHash: String(repeating: "0", count: 64),
            clock: base.clock, signing: HeadSigning(key: key))
        for number in 1...7 { try await ledger.append(try UnitLife.reserved(number)) }
        for number in 1...2 {
            let drafts = try UnitLife(number: number).whole()
            try await ledger.commit { _ in Decision(drafts) }
        }
        let failed = UnitLife(number: 3)
        try await ledger.append(failed.opened(), try failed.seen(), try failed.assigned(), try failed.ended(.fail))
        let lost = UnitLife(number: 4)
        try await ledger.append(
            lost.opened(), try lost.seen(), try lost.assigned(), try lost.intent(), try lost.ended(.indeterminate),
            try lost.setAside(try lost.dsn))
        base.clock.pass(3_600_000_000)
        let lead = EntryContext(actor: "lead", unit: try UnitLife.dsn(6).description)
        try await ledger.append(EntryDraft(DSNReturned(dsn: try UnitLife.dsn(6), reason: "order closed"), by: lead))
        try await ledger.append(
            EntryDraft(
                DSNBurned(dsn: try UnitLife.dsn(3), reason: "label torn"),
                by: lead.about(try failed.hwsig.description)))
        base.clock.set(base.clock.wall - 5_000_000)
        let dry = UnitLife(number: 8)
        try await ledger.append(dry.opened(isDryRun: true), try dry.ended(.pass))
        try await more(ledger)
        try await ledger.close()
        self.base = base
        self.key = key
    }

    func report(
        of path: String? = nil, _ change: (inout LedgerAuditor.Request) throws -> Void = { _ in }
    ) throws -> AuditReport {
        var request = LedgerAuditor.Request(now: Self.start + 3_690_000_000, software: "1.0+test")
        try change(&request)
        return try LedgerAuditor(at: path ?? base.path).report(request)
    }
}
