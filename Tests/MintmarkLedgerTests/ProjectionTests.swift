// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkLedger
import TestSupport
import Testing

@Suite("Projections", .timeLimit(.minutes(1)))
struct ProjectionTests {
    @Test("a quarantine remembers where the DSN stood, and a release gives it back") func quarantine() async throws {
        let fixture = try LedgerFixture()
        let ledger = try await fixture.open()
        let life = UnitLife(number: 1)
        try await ledger.append(try UnitLife.reserved(1))
        try await ledger.append(life.opened(), try life.assigned())
        for before in [DSNRecord.State.assigned, .written] {
            if before == .written { try await ledger.append(try life.written()) }
            try await ledger.append(try life.setAside())
            var dsn = try await ledger.read { try $0.dsn(life.dsn) }
            #expect(dsn?.state == .quarantined)
            #expect(dsn?.reason == "the cable was pulled")
            #expect(try await ledger.read { try $0.unit(dsn: life.dsn)?.quarantine } == "the cable was pulled")
            #expect(await code { try await ledger.append(try life.written()) } == .stationFault)
            try await ledger.append(try life.released(life.dsn))
            dsn = try await ledger.read { try $0.dsn(life.dsn) }
            #expect(dsn?.state == before)
            #expect(dsn?.reason == nil)
            #expect(try await ledger.read { try $0.unit(dsn: life.dsn) }?.quarantine == nil)
        }
        try await ledger.close()
    }

    @Test("a registration is queued, then unknown, then final, and pending until then") func outbox() async throws {
        let fixture = try LedgerFixture()
        let ledger = try await fixture.open()
        let (one, two) = (UnitLife(number: 1), UnitLife(number: 2))
        for life in [one, two] {
            try await ledger.append(try UnitLife.reserved(life.number))
            try await ledger.append(life.opened(), try life.assigned())
            #expect(await code { try await ledger.append(try life.registering()) } == .stationFault)
            try await ledger.append(try life.written(), try life.ended(), try life.registering())
        }
        #expect(await code { try await ledger.append(try one.registering()) } == .stationFault)
        try await ledger.append(try one.lost())
        let pending = try await ledger.read { try $0.pendingRegistrations() }
        #expect(pending.map(\.request) == [one.request, two.request])
        #expect(pending.map(\.isUnknown) == [true, false])
        #expect(pending.first?.registration.mac == (try one.mac))
        #expect(pending.first?.context.run == one.run)
        try await ledger.append(try one.answered(.quarantined, text: "mac differs"))
        try await ledger.append(try two.answered(.registered))
        #expect(await code { try await ledger.append(try two.answered(.refused)) } == .stationFault)
        #expect(try await ledger.read { try $0.pendingRegistrations() }.isEmpty)
        #expect(try await ledger.read { try $0.dsn(one.dsn) }?.reason == "mac differs")
        #expect(try await ledger.account().counts == [.quarantined: 1, .registered: 1])
        try await ledger.close()
    }

    @Test("an open run tells its unit and whether it wrote") func openRuns() async throws {
        let fixture = try LedgerFixture()
        let ledger = try await fixture.open()
        let (blank, seen, wrote) = (UnitLife(number: 1), UnitLife(number: 2), UnitLife(number: 3))
        try await ledger.append(blank.opened())
        try await ledger.append(seen.opened(), try seen.seen())
        try await ledger.append(try UnitLife.reserved(3), wrote.opened(), try wrote.seen(), try wrote.assigned())
        let open = try await ledger.read { try $0.openRuns() }
        #expect(open.map(\.run) == [blank.run, seen.run, wrote.run])
        #expect(open.map(\.hasWritten) == [false, false, true])
        #expect(open.map { $0.unit?.hardware } == [nil, "hw-2", "hw-3"])
        #expect(open.last?.unit?.dsn == (try wrote.dsn))
        #expect(open.last?.context.unit == (try wrote.dsn.description))
        #expect(open.first?.slot == "A1")
        try await ledger.close()
    }

    @Test("an impostor with another unit's MAC address stays a stranger") func impostor() async throws {
        let fixture = try LedgerFixture()
        let ledger = try await fixture.open()
        let life = UnitLife(number: 1)
        try await ledger.append(life.opened(), try life.seen(), try life.ended(.fail))
        let other = EntryContext(actor: "op", run: UUIDv7.text(77))
        let opened = RunOpen(kind: .config, template: "t", deployment: "dev", region: "us", isDryRun: false)
        var record = ManufacturingRecord(time: 1, status: .config, errCode: 77)
        record.mac = try life.mac
        record.hwsig = try HardwareSignature("hw-other")
        let result = RunResult(outcome: .fail, took: 1, transcript: nil, record: record)
        try await ledger.append(EntryDraft(opened, by: other), EntryDraft(result, by: other))
        let hwsig = record.hwsig
        #expect(try await ledger.read { try $0.unit(hwsig: hwsig, mac: life.mac)?.hardware } == "hw-1")
        let seen = UnitSeen(mac: try life.mac, hwsig: hwsig, dsn: nil, firmware: nil)
        #expect(await code { try await ledger.append(EntryDraft(seen, by: other)) } == .stationFault)
        try await ledger.close()
    }

    @Test("reserves are open until DSNs, a refusal or a lost reply, and only the last counts as unknown")
    func reserves() async throws {
        let fixture = try LedgerFixture()
        let ledger = try await fixture.open()
        let context = EntryContext(actor: "pool")
        let ids = (1...4).map { UUIDv7.text($0) }
        for id in ids {
            let intent = DSNReserveIntent(request: id, model: UnitLife.model, count: 5)
            try await ledger.append(EntryDraft(intent, by: context))
        }
        try await ledger.append(try UnitLife.reserved(1, block: ids[0]), try UnitLife.reserved(2, block: ids[0]))
        try await ledger.append(EntryDraft(DSNReserveRefused(request: ids[1], reason: "no"), by: context))
        let lost = DSNUnknown(request: ids[2], model: UnitLife.model, count: 5, reason: "the line went dead")
        try await ledger.append(EntryDraft(lost, by: context))
        #expect(await code { try await ledger.append(EntryDraft(lost, by: context)) } == .stationFault)
        #expect(try await ledger.read { try $0.openReserves() }.map(\.request) == [ids[3]])
        let account = try await ledger.account()
        #expect(account.unknown == 5)
        #expect(account.reserved == 7)
        #expect(account.isBalanced)
        #expect(try await ledger.read { try $0.freeDSN(model: UnitLife.model)?.dsn } == UnitLife.dsn(1))
        #expect(try await ledger.read { try $0.freeDSN(model: "other") } == nil)
        try await ledger.close()
    }

    @Test("counters keep their highest number, archives are known by their hash, a sandbox leaves its mark")
    func marks() async throws {
        let fixture = try LedgerFixture()
        let ledger = try await fixture.open()
        let context = EntryContext(actor: "op")
        for number in 1...2 {
            let life = UnitLife(number: number)
            try await ledger.append(try UnitLife.reserved(number))
            try await ledger.append(try life.assigned(counter: "wd-", number: number == 1 ? 9 : 4))
        }
        #expect(try await ledger.read { try $0.counter("wd-") } == 9)
        #expect(try await ledger.read { try $0.counter("other") } == 0)
        let archive = EntryDraft(DSNImport(sha256: "ab", name: "a.zip", model: "m", count: 1), by: context)
        try await ledger.append(archive)
        #expect(try await ledger.read { try $0.hasArchive(sha256: "ab") })
        #expect(await code { try await ledger.append(archive) } == .stationFault)
        #expect(try await !ledger.read { try $0.hasSandboxMark() })
        for _ in 1...2 { try await ledger.append(EntryDraft(SandboxMark(host: "127.0.0.1:1"), by: context)) }
        #expect(try await ledger.read { try $0.hasSandboxMark() })
        try await ledger.close()
    }
}
