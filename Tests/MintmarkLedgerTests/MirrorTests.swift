// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkCrypto
import MintmarkLedger
import TestSupport
import Testing

@Suite("A mirror", .timeLimit(.minutes(2)))
struct MirrorTests {
    /// `make crash` sets MINTMARK_MIRRORS to 100.
    static let seeds = 0..<(ProcessInfo.processInfo.environment["MINTMARK_MIRRORS"].flatMap { UInt64($0) } ?? 3)

    @Test("has every entry and head when a session ended, and verify takes its folder") func whole() async throws {
        let fixture = try MirrorFixture()
        try await fixture.write(0..<300)
        try await fixture.write(300..<310)
        #expect(try fixture.difference() == nil)
        #expect(try fixture.lag().missing == 0)
        let report = try LedgerBundle(fixture.mirror).verify(against: [])
        let heads = try LedgerVerifier(at: fixture.path).verify().heads
        #expect(report.heads == heads && heads > 1)
        #expect(report.keys.count == 1 && report.station == "bench")
        #expect(fixture.told.lines == [])
    }

    @Test("an entry changed in it is found") func changed() async throws {
        let fixture = try MirrorFixture()
        try await fixture.write(0..<5)
        let text = try String(contentsOfFile: fixture.entries, encoding: .utf8)
        try text.replacingOccurrences(of: "AC000W100000003", with: "AC000W100000009").write(
            toFile: fixture.entries, atomically: true, encoding: .utf8)
        #expect(try !LedgerBundle(fixture.mirror).verify(against: []).isIntact)
    }

    @Test("is never made by itself: an empty mount point is away, and the station goes on") func away() async throws {
        let fixture = try MirrorFixture()
        try FileManager.default.moveItem(atPath: fixture.mirror, toPath: fixture.mirror + ".off")
        try FileManager.default.createDirectory(atPath: fixture.mirror, withIntermediateDirectories: false)
        try await fixture.write(0..<20)
        #expect(try FileManager.default.contentsOfDirectory(atPath: fixture.mirror) == [])
        let notices = fixture.told.lines.filter { $0.contains("there is no mirror in") && $0.contains("next:") }
        #expect(notices.count == 1, "\(fixture.told.lines)")
        try FileManager.default.removeItem(atPath: fixture.mirror)
        try FileManager.default.moveItem(atPath: fixture.mirror + ".off", toPath: fixture.mirror)
        #expect(try fixture.lag().missing > 20)
        try await fixture.write(20..<21)
        #expect(try fixture.difference() == nil)
    }

    @Test("what a broken-off copy left is completed, whatever of it is there", arguments: seeds)
    func torn(seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        let fixture = try MirrorFixture()
        try await fixture.write(0..<20)
        let before = try fixture.keep("before")
        try await fixture.write(20..<60)
        let (whole, sure) = (
            try Data(contentsOf: URL(fileURLWithPath: fixture.entries)),
            try Data(contentsOf: URL(fileURLWithPath: before + "/entries.jsonl")).count
        )
        // The record is the old one; of what came behind it some is there, and perhaps a block was lost on the way.
        try fixture.replace(fixture.record, by: before + "/mirror.json")
        var torn = whole.prefix(Int.random(in: sure...whole.count, using: &random))
        if seed.isMultiple(of: 3), torn.count > sure {
            let hole = Int.random(in: sure..<torn.count, using: &random)
            torn.replaceSubrange(hole..<torn.count, with: Data(count: torn.count - hole))
        }
        if seed.isMultiple(of: 4) { torn += Data("\0\0\n\0".utf8) }
        try torn.write(to: URL(fileURLWithPath: fixture.entries))
        _ = try LedgerBundle(fixture.mirror).verify(against: [])
        try LedgerMirror(fixture.mirror, of: fixture.path).copy()
        #expect(try fixture.difference() == nil, "seed \(seed)")
        #expect(try Data(contentsOf: URL(fileURLWithPath: fixture.entries)) == whole, "seed \(seed)")
    }

    @Test("that holds more than the ledger says that it was rolled back, and nothing is written")
    func rolledBack() async throws {
        let fixture = try MirrorFixture()
        try await fixture.write(0..<5)
        let old = try fixture.keepLedger()
        let before = try fixture.keep("before")
        try await fixture.write(5..<9)
        try fixture.goBack(to: old)
        let size = try LedgerReader(at: fixture.path).summary().size
        let path = fixture.path
        #expect(await code { try await fixture.write(5..<6) } == .ledgerRolledBack)
        // Also when the entries that are too many were not recorded yet.
        try fixture.replace(fixture.record, by: before + "/mirror.json")
        let mirror = try LedgerMirror(fixture.mirror, of: path)
        #expect(await code { try mirror.copy() } == .ledgerRolledBack)
        #expect(try LedgerReader(at: path).summary().size == size)
    }

    @Test("of two copies of one ledger that both go on, the second is told that they are forked") func forked()
        async throws
    {
        let fixture = try MirrorFixture()
        try await fixture.write(0..<5)
        let twin = try fixture.keepLedger()
        let before = try fixture.keep("before")
        try await fixture.write(5..<6)
        let mirrored = try Data(contentsOf: URL(fileURLWithPath: fixture.entries))
        try fixture.goBack(to: twin)
        // On its own the twin grows past its sister.
        let alone = try await SQLiteLedger.open(
            at: fixture.path, station: "bench", software: "1", binaryHash: "00", clock: TestClock(1),
            signing: HeadSigning(key: fixture.key))
        for number in 10..<20 { try await alone.append(try UnitLife.reserved(number)) }
        try await alone.close()
        #expect(await code { try await fixture.write(20..<21) } == .ledgerForked)
        try fixture.replace(fixture.record, by: before + "/mirror.json")
        let mirror = try LedgerMirror(fixture.mirror, of: fixture.path)
        #expect(await code { try mirror.copy() } == .ledgerForked)
        #expect(try Data(contentsOf: URL(fileURLWithPath: fixture.entries)) == mirrored)
    }

    @Test("follows each commit, and stops the session when somebody else writes into it") func stops() async throws {
        let fixture = try MirrorFixture()
        let ledger = try await fixture.open()
        for number in 200_000..<200_003 {
            try await ledger.append(try UnitLife.reserved(number))
            #expect(try fixture.follows(within: .seconds(10)), "entry \(number) did not come")
        }
        try fixture.locked {
            let record = try String(contentsOfFile: fixture.record, encoding: .utf8)
            try record.replacingOccurrences(of: "\"station\":\"bench\"", with: "\"station\":\"other\"").write(
                toFile: fixture.record, atomically: true, encoding: .utf8)
        }
        var refused: MintmarkError.Code?
        for number in 0..<20_000 where refused == nil {
            refused = await code { try await ledger.append(try UnitLife.reserved(number)) }
        }
        #expect(refused == .ledgerForked)
        #expect(await code { try await ledger.close() } == .ledgerForked)
    }

    @Test("whose disk does not answer holds up neither the start of a session, nor its commits, nor its end")
    func hangs() async throws {
        let fixture = try MirrorFixture()
        let record = try Data(contentsOf: URL(fileURLWithPath: fixture.record))
        try FileManager.default.removeItem(atPath: fixture.record)
        // Whoever opens it waits until somebody writes.
        #expect(mkfifo(fixture.record, 0o600) == 0)
        let ledger = try await fixture.open(patience: .milliseconds(100))
        for number in 0..<50 { try await ledger.append(try UnitLife.reserved(number)) }
        try await ledger.close()
        #expect(fixture.told.lines.contains { $0.contains("does not answer") }, "\(fixture.told.lines)")
        #expect(try LedgerReader(at: fixture.path).account().reserved == 50)
        // It answers after all.
        try FileManager.default.moveItem(atPath: fixture.record, toPath: fixture.record + ".pipe")
        try record.write(to: URL(fileURLWithPath: fixture.record))
        try record.write(to: URL(fileURLWithPath: fixture.record + ".pipe"))
    }

    @Test("holds sealed secrets as long as the station does, and gives them to a replacement") func spool() async throws
    {
        let fixture = try MirrorFixture()
        let key = SharedSecret(Secret(count: 32) { $0.copyBytes(from: Array(repeating: 7, count: 32)) })
        let secret = SharedSecret(Secret(count: 9) { $0.copyBytes(from: Array("setup-key".utf8)) })
        let spool = try SealedSpool(besideLedger: fixture.path, key: key)
        for request in ["a-1", "a-2"] { try spool.put(secret, for: request) }
        try await fixture.write(0..<1)
        try spool.wipe(for: "a-1")
        try await fixture.write(1..<2)
        #expect(try FileManager.default.contentsOfDirectory(atPath: fixture.mirror + "/spool") == ["a-2.sealed"])
        let new = fixture.file("new.sqlite")
        let restore = try LedgerRestore(from: fixture.mirror, station: "bench", kind: .label, headFile: nil)
        _ = try restore.write(to: new, software: "1", clock: fixture.clock, actor: "lead", skip: nil)
        let there = try SealedSpool(besideLedger: new, key: key)
        let taken = try ["a-1", "a-2"].map { try there.take(for: $0) == nil }
        #expect(taken == [true, false])
    }

    @Test("that lost bytes it had is damaged; the ledger goes on and the mirror is left alone") func shortened()
        async throws
    {
        let fixture = try MirrorFixture()
        try await fixture.write(0..<5)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: fixture.entries)).dropLast(10)
        try bytes.write(to: URL(fileURLWithPath: fixture.entries))
        let mirror = try LedgerMirror(fixture.mirror, of: fixture.path)
        #expect(await code { try mirror.copy() } == .mirrorFault)
        try await fixture.write(5..<6)
        #expect(fixture.told.lines.contains { $0.contains("the mirror is damaged") })
        #expect(try Data(contentsOf: URL(fileURLWithPath: fixture.entries)) == bytes)
        #expect(try !LedgerBundle(fixture.mirror).verify(against: []).isIntact)
    }

    @Test("whose disk is full holds nobody up, and gets the rest when there is room", .enabled(if: SmallDisk.canMount))
    func full() async throws {
        let disk = try SmallDisk(kilobytes: 48)
        let fixture = try MirrorFixture(mirror: disk.folder.file("mirror"))
        try await fixture.write(0..<250)
        #expect(fixture.told.lines.contains { $0.contains("no room") }, "\(fixture.told.lines)")
        #expect(fixture.told.lines.contains { $0.contains("the mirror lacks") }, "\(fixture.told.lines)")
        #expect(try fixture.lag().missing > 0)
        disk.grow(kilobytes: 4096)
        try await fixture.write(250..<251)
        #expect(try fixture.difference() == nil)
    }

    @Test(
        "kill -9 in the middle of copying leaves nothing that the next copy cannot complete",
        arguments: seeds)
    func kill(seed: UInt64) async throws {
        let fixture = try MirrorFixture()
        let (path, mirror) = (fixture.path, fixture.mirror)
        let pem = fixture.file("key.pem")
        try fixture.key.pem().withBytes { String(decoding: $0, as: UTF8.self) }.write(
            toFile: pem, atomically: true, encoding: .utf8)
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [path = path as String, mirror = mirror as String, pem = pem as String, seed = seed as UInt64] in
            let bytes = try Data(contentsOf: URL(fileURLWithPath: pem))
            let key = try bytes.withUnsafeBytes { bytes throws(MintmarkError) in try Ed25519PrivateKey(pem: bytes) }
            let ledger = try await SQLiteLedger.open(
                at: path, station: "bench", software: "1", binaryHash: "00", clock: TestClock(),
                signing: HeadSigning(key: key), mirror: MirrorCopier(mirror, of: path) { _ in })
            var random = SplitMix64(seed: seed)
            let (limit, delay) = (Int.random(in: 20...600, using: &random), UInt32.random(in: 0...3000, using: &random))
            for number in 0..<1_000_000 {
                try await ledger.append(try UnitLife.reserved(number))
                if number == limit {
                    Thread.detachNewThread {
                        usleep(delay)
                        Glibc.kill(getpid(), SIGKILL)
                    }
                }
            }
        }
        // A mirror that is broken off is a whole one of fewer entries.
        let report = try LedgerBundle(mirror).verify(against: [])
        #expect(report.problems == [], "seed \(seed)")
        try LedgerMirror(mirror, of: path).copy()
        #expect(try fixture.difference() == nil, "seed \(seed)")
    }
}
