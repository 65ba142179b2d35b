// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkCrypto
import MintmarkLedger
import TestSupport
import Testing

@Suite("A ledger restored from a mirror", .timeLimit(.minutes(2)))
struct RestoreTests {
    /// A station with a unit that is registered, one whose DSN was only assigned, and a free DSN.
    private func lived(_ fixture: MirrorFixture) async throws {
        let ledger = try await fixture.open()
        for number in 1...3 { try await ledger.append(try UnitLife.reserved(number)) }
        let (first, second) = (UnitLife(number: 1), UnitLife(number: 2))
        for draft in try first.whole() { try await ledger.append(draft) }
        for draft in [second.opened(), try second.seen(), try second.assigned(counter: "wd", number: 7)] {
            try await ledger.append(draft)
        }
        try await ledger.close()
    }

    private func restore(_ fixture: MirrorFixture, from mirror: String? = nil, headFile: String? = nil) throws -> String
    {
        let path = fixture.file("new.sqlite")
        let restore = try LedgerRestore(
            from: mirror ?? fixture.mirror, station: "bench", kind: .label, headFile: headFile)
        _ = try restore.write(to: path, software: "1", clock: fixture.clock, actor: "lead", skip: nil)
        return path
    }

    private func open(_ path: String, _ key: Ed25519PrivateKey, headFile: String? = nil) async throws -> SQLiteLedger {
        try await SQLiteLedger.open(
            at: path, station: "bench", software: "1", binaryHash: "00", clock: TestClock(1_773_739_900_000_000),
            signing: HeadSigning(key: key, headFile: headFile))
    }

    private func found(_ number: Int, _ state: DSNRecord.State, on unit: UnitLife?) throws -> EntryDraft {
        let body = DSNReconciled(
            dsn: try UnitLife.dsn(number), state: state, mac: try unit?.mac, hwsig: try unit?.hwsig, reason: "seen")
        return EntryDraft(body, by: EntryContext(actor: "op"))
    }

    @Test("has the old entries byte for byte, goes on as a new log, and verifies whole") func whole() async throws {
        let fixture = try MirrorFixture()
        try await lived(fixture)
        let (old, path) = (try LedgerReader(at: fixture.path), try restore(fixture))
        try await open(path, Ed25519PrivateKey()).close()
        let new = try LedgerReader(at: path)
        let size = try old.summary().size
        #expect(try new.entries(0..<size).map(\.bytes) == old.entries().map(\.bytes))
        let first = try #require(try new.entries(size..<size + 1).first)
        #expect(
            first.type == .logContinue && first.context.actor == "lead")
        #expect(try first.stamp.log == new.summary().log)
        #expect(try first.payload(LogContinue.self).continues == old.summary().log)
        #expect(try new.summary().log != old.summary().log)
        let report = try LedgerVerifier(at: path).verify()
        #expect(report.problems == [] && report.projections == .equal && report.keys.count == 1)
        let heads = try LedgerVerifier(at: fixture.path).verify().heads
        #expect(report.heads == heads + 1)
    }

    @Test("does not know how long ago the old machine asked for what it got no reply to") func lostReserve()
        async throws
    {
        let fixture = try MirrorFixture()
        let before = try await fixture.open()
        let context = EntryContext(actor: "refill")
        try await before.append(
            EntryDraft(DSNReserveIntent(request: "r", model: "M", count: 5), by: context),
            EntryDraft(DSNUnknown(request: "r", model: "M", count: 5, reason: "no reply"), by: context))
        let lost = try #require(try await before.read { try $0.lostReserves() }.first)
        let intent = try #require(try LedgerReader(at: fixture.path).entries(type: .dsnReserveIntent).first).stamp
        #expect(lost.asked == ClockReading(boot: intent.boot, monotonic: intent.monotonic, wall: intent.time))
        try await before.close()
        let after = try await open(try restore(fixture), Ed25519PrivateKey())
        #expect(
            try await after.read { try $0.lostReserves() }
                == [LostReserve(request: "r", model: "M", count: 5, asked: nil)])
        try await after.close()
    }

    @Test("calls unknown what the lost end may have used, keeps what units surely hold, and skips numbers")
    func states() async throws {
        let fixture = try MirrorFixture()
        try await lived(fixture)
        let ledger = try await open(try restore(fixture), Ed25519PrivateKey())
        let states = try await ledger.read { state in try (1...3).map { try state.dsn(UnitLife.dsn($0))?.state } }
        #expect(states == [.registered, .unknown, .unknown])
        let account = try await ledger.account()
        #expect(account.isBalanced && account.description.hasSuffix("unknown 2"))
        #expect(try await ledger.read { try $0.freeDSN(model: UnitLife.model) } == nil)
        #expect(
            await code { try await ledger.append(try UnitLife(number: 9).assigned(UnitLife.dsn(3))) } == .stationFault)
        // One DSN was free: the lost end can have used one number of each counter.
        #expect(try await ledger.read { try [$0.counter("wd"), $0.counter("other")] } == [8, 1])
        try await ledger.close()
    }

    @Test("a unit that shows an unknown DSN has it; its own unit may finish, no other may take it") func found()
        async throws
    {
        let fixture = try MirrorFixture()
        try await lived(fixture)
        let path = try restore(fixture)
        let ledger = try await open(path, Ed25519PrivateKey())
        let (second, third, thief) = (UnitLife(number: 2, attempt: 2), UnitLife(number: 3), UnitLife(number: 4))
        try await ledger.append(third.opened(), try found(3, .written, on: third))
        #expect(try await ledger.read { try $0.unit(dsn: UnitLife.dsn(3))?.hardware } == "hw-3")
        #expect(await code { try await ledger.append(try found(2, .written, on: thief)) } == .stationFault)
        try await ledger.append(second.opened(), try found(2, .assigned, on: second), try second.written())
        #expect(await code { try await ledger.append(try found(2, .free, on: nil)) } == .stationFault)
        let account = try await ledger.account()
        #expect(account.isBalanced && account.counts[.written] == 2 && account.counts[.unknown] ?? 0 == 0)
        try await ledger.close()
        #expect(try LedgerVerifier(at: path).verify().problems == [])
    }

    @Test("is proven by a head of the old log up to where it was continued, and says what a longer one lost")
    func heads() async throws {
        let fixture = try MirrorFixture()
        try await lived(fixture)
        let kept = try #require(try LedgerReader(at: fixture.path).newestHead())
        let mirror = try fixture.keep("lost-with")
        try await fixture.write(10..<15)
        let longer = try #require(try LedgerReader(at: fixture.path).newestHead())
        let path = try restore(fixture, from: mirror)
        try await open(path, Ed25519PrivateKey()).close()
        let verifier = try LedgerVerifier(at: path)
        let outside = try OutsideHead(note: kept.note.description, name: "mine", keys: [])
        let proven = try verifier.verify(against: [outside])
        #expect(proven.proven?.size == kept.checkpoint.size)
        let first = try #require(try LedgerReader(at: path).entries(type: .logContinue).first)
        #expect(proven.earlier.map(\.origin) == [kept.checkpoint.origin])
        #expect(proven.earlier.map(\.entries) == [first.stamp.sequence])
        let beyond = try OutsideHead(note: longer.note.description, name: "mine", keys: [])
        let report = try verifier.verify(against: [beyond])
        #expect(report.problems.contains { $0.contains("were lost with the old machine") }, "\(report.problems)")
    }

    @Test("begins its head file anew and says how much the old one shows to be lost") func headFile() async throws {
        let fixture = try MirrorFixture()
        try await lived(fixture)
        let mirror = try fixture.keep("lost-with")
        try await fixture.write(10..<15)
        let head = try #require(try LedgerReader(at: fixture.path).newestHead())
        let headFile = fixture.file("head")
        try head.note.description.write(toFile: headFile, atomically: true, encoding: .utf8)
        let path = try restore(fixture, from: mirror, headFile: headFile)
        let entry = try #require(try LedgerReader(at: path).entries(type: .logContinue).first)
        #expect(try entry.payload(LogContinue.self).signed == head.checkpoint.size)
        let key = try Ed25519PrivateKey()
        try await open(path, key, headFile: headFile).close()
        try await open(path, key, headFile: headFile).close()
        // The machine that was given up comes back and looks at the same head file.
        let (old, signing) = (fixture.path, HeadSigning(key: fixture.key, headFile: headFile))
        let refused = await code {
            try await SQLiteLedger.open(
                at: old, station: "bench", software: "1", binaryHash: "00", clock: TestClock(), signing: signing)
        }
        #expect(refused == .ledgerForked)
    }

    @Test("goes on with the same mirror, which then refuses the old machine") func mirror() async throws {
        let fixture = try MirrorFixture()
        try await lived(fixture)
        let path = try restore(fixture)
        try await open(path, Ed25519PrivateKey()).close()
        try LedgerMirror(fixture.mirror, of: path).copy()
        let report = try LedgerBundle(fixture.mirror).verify(against: [])
        let log = try LedgerReader(at: path).summary().log
        #expect(report.problems == [] && report.log == log)
        #expect(await code { try await fixture.write(10..<11) } == .ledgerForked)
        let again = try LedgerRestore(from: fixture.mirror, station: "bench", kind: .label, headFile: nil)
        #expect(again.continues == report.log)
    }

    @Test("believes an old ledger's free DSNs only when its last session was ended") func lostEnd() async throws {
        let fixture = try MirrorFixture()
        try await lived(fixture)
        let mirror = try fixture.keep("lost-with")
        let running = try await fixture.open()
        try await running.append(try UnitLife.reserved(4))
        let (new, old) = (try LedgerReader(at: restore(fixture, from: mirror)), try LedgerReader(at: fixture.path))
        let early = try new.lostEnd(in: old)
        #expect(early.found.map(\.state) == [.assigned] && early.reserved.isEmpty && early.doubtful == 2)
        try await running.close()
        let whole = try new.lostEnd(in: old)
        #expect(whole.found.map(\.state) == [.assigned, .free] && whole.doubtful == 0)
        #expect(try whole.reserved.map(\.dsn) == [UnitLife.dsn(4)])
    }

    @Test("takes no old ledger that ends before what the old machine signed") func older() async throws {
        let fixture = try MirrorFixture()
        try await lived(fixture)
        let mirror = try fixture.keep("lost-with")
        try await fixture.write(10..<11)
        let backup = try fixture.keepLedger()
        try await fixture.write(11..<12)
        let headFile = fixture.file("head")
        let head = try #require(try LedgerReader(at: fixture.path).newestHead())
        try head.note.description.write(toFile: headFile, atomically: true, encoding: .utf8)
        let new = try LedgerReader(at: restore(fixture, from: mirror, headFile: headFile))
        #expect(await code { _ = try new.lostEnd(in: LedgerReader(at: backup)) } == .badInput)
        #expect(try new.lostEnd(in: LedgerReader(at: fixture.path)).reserved.count == 2)
    }

    @Test("is not made over a ledger, from another station's mirror, or from a damaged one") func refused() async throws
    {
        let fixture = try MirrorFixture()
        let mirror = fixture.mirror
        #expect(
            await code { try LedgerRestore(from: mirror, station: "bench", kind: .label, headFile: nil) }
                == .ledgerFault)
        try await lived(fixture)
        #expect(
            await code { try LedgerRestore(from: mirror, station: "other", kind: .label, headFile: nil) } == .badInput)
        #expect(
            await code { try LedgerRestore(from: mirror, station: "bench", kind: .config, headFile: nil) } == .badInput)
        let path = try restore(fixture)
        #expect(await code { try restore(fixture) } == .badInput)
        try FileManager.default.removeItem(atPath: path)
        let text = try String(contentsOfFile: fixture.entries, encoding: .utf8)
        try text.replacingOccurrences(of: "hw-2", with: "hw-7").write(
            toFile: fixture.entries, atomically: true, encoding: .utf8)
        #expect(await code { try restore(fixture) } == .ledgerFault)
        #expect(!FileManager.default.fileExists(atPath: path))
    }
}
