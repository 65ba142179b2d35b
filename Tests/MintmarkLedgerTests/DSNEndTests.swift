// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkLedger
import TestSupport
import Testing

@Suite("Ends of a DSN", .timeLimit(.minutes(1)))
struct DSNEndTests {
    private static func burned(_ number: Int) throws -> EntryDraft {
        EntryDraft(DSNBurned(dsn: try UnitLife.dsn(number), reason: "scrap"), by: EntryContext(actor: "lead"))
    }

    private static func returned(_ number: Int) throws -> EntryDraft {
        EntryDraft(DSNReturned(dsn: try UnitLife.dsn(number), reason: "too many"), by: EntryContext(actor: "lead"))
    }

    @Test("a unit whose DSN is burned may get another one, and the burned one never comes back")
    func burn() async throws {
        let fixture = try LedgerFixture()
        let ledger = try await fixture.open()
        let life = UnitLife(number: 1)
        for number in 1...2 { try await ledger.append(try UnitLife.reserved(number)) }
        try await ledger.append(life.opened(), try life.assigned())
        #expect(await code { try await ledger.append(try life.assigned(UnitLife.dsn(2))) } == .stationFault)
        try await ledger.append(try life.setAside(UnitLife.dsn(1)))
        try await ledger.append(try Self.burned(1))
        let old = try #require(try await ledger.read { try $0.dsn(UnitLife.dsn(1)) })
        #expect(old.state == .burned && old.unit == nil && old.burnedOn == "hw-1" && old.reason == "scrap")
        let unit = try await ledger.read { try $0.unit(hwsig: life.hwsig, mac: life.mac) }
        #expect(unit?.dsn == nil && unit?.quarantine == nil)
        try await ledger.append(try life.assigned(UnitLife.dsn(2)))
        for draft in [try Self.burned(1), try Self.returned(1), try life.assigned(), try UnitLife.reserved(1)] {
            #expect(await code { try await ledger.append(draft) } == .stationFault)
        }
        // A quarantine of what is burned moves the unit only.
        try await ledger.append(try life.setAside(UnitLife.dsn(1)))
        #expect(try await ledger.account().counts == [.burned: 1, .assigned: 1])
        try await ledger.close()
        let reader = try LedgerReader(at: fixture.path)
        #expect(try reader.unit(named: UnitLife.dsn(1).description)?.unit.hardware == "hw-1")
        #expect(try LedgerVerifier(at: fixture.path).verify().problems == [])
    }

    @Test("a registered DSN, and one that is being registered, is never burned")
    func registered() async throws {
        let fixture = try LedgerFixture()
        let ledger = try await fixture.open()
        let life = UnitLife(number: 1)
        try await ledger.append(try UnitLife.reserved(1))
        try await ledger.append(life.opened(), try life.assigned())
        try await ledger.append(try life.written(), try life.ended(), try life.registering())
        #expect(await code { try await ledger.append(try Self.burned(1)) } == .stationFault)
        try await ledger.append(try life.lost())
        #expect(await code { try await ledger.append(try Self.burned(1)) } == .stationFault)
        try await ledger.append(try life.answered(.registered))
        #expect(await code { try await ledger.append(try Self.burned(1)) } == .stationFault)
        try await ledger.append(try life.setAside(UnitLife.dsn(1)))
        #expect(await code { try await ledger.append(try Self.burned(1)) } == .stationFault)
        try await ledger.close()
    }

    @Test("only a free DSN is returned, and it is gone from the pool")
    func giveBack() async throws {
        let fixture = try LedgerFixture()
        let ledger = try await fixture.open()
        let life = UnitLife(number: 1)
        for number in 1...2 { try await ledger.append(try UnitLife.reserved(number)) }
        try await ledger.append(life.opened(), try life.assigned())
        #expect(await code { try await ledger.append(try Self.returned(1)) } == .stationFault)
        try await ledger.append(try Self.returned(2))
        #expect(await code { try await ledger.append(try UnitLife.reserved(2)) } == .stationFault)
        #expect(try await ledger.read { try $0.freeDSN(model: UnitLife.model) } == nil)
        let account = try await ledger.account()
        #expect(account.isBalanced && account.counts == [.assigned: 1, .returned: 1])
        try await ledger.close()
    }

    @Test("a DSN that is missing from the pool is missing from the sum")
    func sum() async throws {
        let fixture = try LedgerFixture()
        let ledger = try await fixture.open()
        for number in 1...2 { try await ledger.append(try UnitLife.reserved(number)) }
        try await ledger.close()
        #expect(try LedgerReader(at: fixture.path).account().isBalanced)
        try fixture.alter("DELETE FROM dsn WHERE first_seq = 2")
        let account = try LedgerReader(at: fixture.path).account()
        #expect(!account.isBalanced && account.reserved == 2 && account.sum == 1)
    }

    @Test("what a person has to decide stays a person's when a run is interrupted after it")
    func interrupted() async throws {
        let fixture = try LedgerFixture()
        let ledger = try await fixture.open()
        let life = UnitLife(number: 1)
        func setAside(interrupted: Bool) throws -> EntryDraft {
            EntryDraft(
                UnitQuarantine(dsn: nil, reason: "why", isInterrupted: interrupted),
                by: life.by(try life.hwsig.description))
        }
        try await ledger.append(life.opened(), try life.seen(), try setAside(interrupted: true))
        #expect(try await ledger.read { try $0.unit(hwsig: life.hwsig, mac: life.mac) }?.isInterrupted == true)
        try await ledger.append(try setAside(interrupted: false), try setAside(interrupted: true))
        #expect(try await ledger.read { try $0.unit(hwsig: life.hwsig, mac: life.mac) }?.isInterrupted == false)
        try await ledger.close()
    }

    @Test("an older release and quarantine, without what was read back, still read")
    func oldEntries() throws {
        let old: JSONObject = ["reason": "read back in a slot: it shows no DSN"]
        #expect(try UnitRelease(json: old) == UnitRelease(dsn: nil, reason: "read back in a slot: it shows no DSN"))
        #expect(try UnitQuarantine(json: old).isInterrupted == false)
        var seen = ReadBack(mac: try MAC("0210f4a7c311"), hwsig: nil, dsn: nil, mode: "user mode")
        (seen.oemID, seen.isOEMKeySet, seen.cloud) = ("0dfc7900", true, .different)
        let new = UnitRelease(dsn: nil, reason: "seen", readBack: seen)
        #expect(try UnitRelease(json: new.json) == new)
    }
}
