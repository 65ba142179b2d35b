// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkCrypto
import MintmarkLedger
import TestSupport
import Testing

@Suite("What a mirror does not take for true, and does not keep", .timeLimit(.minutes(1)))
struct MirrorFaultTests {
    @Test(
        "a record with numbers that cannot be is damaged, and holds up no station",
        arguments: ["bytes", "entries", "head_bytes"], ["-1", "9007199254740991", "9223372036854775808"])
    func damaged(member: String, value: String) async throws {
        let fixture = try MirrorFixture()
        try await fixture.write(0..<5)
        let record = try String(contentsOfFile: fixture.record, encoding: .utf8)
        try record.replacing(try Regex("\"\(member)\":\\d+"), with: "\"\(member)\":\(value)").write(
            toFile: fixture.record, atomically: true, encoding: .utf8)
        try await fixture.write(5..<6)
        #expect(fixture.told.lines.contains { $0.contains("mirror") && $0.contains("next:") }, "\(fixture.told.lines)")
        let mirror = try LedgerMirror(fixture.mirror, of: fixture.path)
        #expect(await code { try mirror.copy() } == .mirrorFault)
        _ = try? LedgerBundle(fixture.mirror).verify(against: [])
    }

    @Test("of another version is no damage, and says what to do") func newer() async throws {
        let fixture = try MirrorFixture()
        let record = try String(contentsOfFile: fixture.record, encoding: .utf8)
        try record.replacing("\"format\":1", with: "\"format\":2").write(
            toFile: fixture.record, atomically: true, encoding: .utf8)
        try await fixture.write(0..<1)
        let isTold = fixture.told.lines.contains {
            $0.contains("is of another version") && !$0.contains("cannot be read") && $0.contains("Install the program")
        }
        #expect(isTold, "\(fixture.told.lines)")
    }

    @Test("a fault that is found when nobody waited any more still stops the writer") func late() async throws {
        let fixture = try MirrorFixture()
        let record = try Data(contentsOf: URL(fileURLWithPath: fixture.record))
        let text = String(decoding: record, as: UTF8.self)
        let wrong = Data(text.replacing("\"station\":\"bench\"", with: "\"station\":\"other\"").utf8)
        try FileManager.default.removeItem(atPath: fixture.record)
        // Whoever opens it waits until somebody writes.
        let pipe = fixture.record + ".pipe"
        #expect(mkfifo(fixture.record, 0o600) == 0)
        let copier = MirrorCopier(fixture.mirror, of: fixture.path, patience: .milliseconds(50)) { _ in }
        try await copier.check()
        try FileManager.default.moveItem(atPath: fixture.record, toPath: pipe)
        try wrong.write(to: URL(fileURLWithPath: fixture.record))
        try wrong.write(to: URL(fileURLWithPath: pipe))
        let end = ContinuousClock.now + .seconds(10)
        var found: MintmarkError.Code?
        while found == nil, ContinuousClock.now < end { found = await code { try await copier.check() } }
        #expect(found == .ledgerForked)
        let told = Told()
        copier.start { told.add($0.code.rawValue) }
        #expect(told.lines == [MintmarkError.Code.ledgerForked.rawValue])
    }

    @Test("a secret's pieces that a killed copier left are wiped, also when the station has no spool any more")
    func pieces() async throws {
        let fixture = try MirrorFixture()
        let key = SharedSecret(Secret(count: 32) { $0.copyBytes(from: Array(repeating: 7, count: 32)) })
        let spool = try SealedSpool(besideLedger: fixture.path, key: key)
        try spool.put(SharedSecret(Secret(count: 9) { $0.copyBytes(from: Array("setup-key".utf8)) }), for: "a-1")
        try await fixture.write(0..<1)
        let folder = fixture.mirror + "/spool"
        let piece = URL(fileURLWithPath: folder + "/a-2.sealed.4711.partial")
        try Data("sealed".utf8).write(to: piece)
        try await fixture.write(1..<2)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a-1.sealed"])
        try Data("sealed".utf8).write(to: piece)
        try FileManager.default.removeItem(atPath: spool.path)
        try await fixture.write(2..<3)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
    }

    @Test("a witness's answer to an older head comes into it too, once", arguments: [false, true])
    func cosigned(isSameCopier: Bool) async throws {
        let fixture = try MirrorFixture()
        let (witness, name) = (try Ed25519PrivateKey(), "acme.example/witness-1")
        try await fixture.write(0..<2)
        let older = try #require(try LedgerReader(at: fixture.path).newestHead())
        let mirror = try LedgerMirror(fixture.mirror, of: fixture.path)
        try mirror.copy()
        try await fixture.write(2..<4)
        try mirror.copy()
        let ledger = try await SQLiteLedger.open(
            at: fixture.path, station: "bench", software: "1", binaryHash: "00", clock: fixture.clock,
            signing: HeadSigning(key: fixture.key))
        let line = try Cosignature.make(over: older.note.text, by: witness, as: name, time: 1)
        try await ledger.keep(line, of: older.checkpoint.size)
        try await ledger.close()
        let next = isSameCopier ? mirror : try LedgerMirror(fixture.mirror, of: fixture.path)
        try next.copy()
        let bundle = try LedgerBundle(fixture.mirror)
        let trusted = NoteKey(name: name, algorithm: .cosignature, publicKey: witness.publicKey)
        #expect(bundle.newestHead(cosignedBy: [trusted])?.checkpoint == older.checkpoint)
        let report = try bundle.verify(against: [])
        #expect(report.problems == [])
        #expect(try report.heads == LedgerVerifier(at: fixture.path).verify().heads)
        let heads = try Data(contentsOf: URL(fileURLWithPath: fixture.mirror + "/heads.txt"))
        try next.copy()
        try LedgerMirror(fixture.mirror, of: fixture.path).copy()
        #expect(try Data(contentsOf: URL(fileURLWithPath: fixture.mirror + "/heads.txt")) == heads)
    }
}
