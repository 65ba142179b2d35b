// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkCrypto
import MintmarkLedger
import TestSupport
import Testing

@Suite("Signed heads") struct HeadTests {
    private let key: Ed25519PrivateKey

    init() throws { key = try Ed25519PrivateKey() }

    private func open(
        _ fixture: borrowing LedgerFixture, _ key: Ed25519PrivateKey, before: Ed25519PrivateKey? = nil,
        file: String? = nil
    ) async throws -> SQLiteLedger {
        try await SQLiteLedger.open(
            at: fixture.path, station: "bench", software: "1", binaryHash: "00", clock: fixture.clock,
            signing: HeadSigning(key: key, before: before, headFile: file))
    }

    private static func fill(_ ledger: SQLiteLedger, _ count: Int) async throws {
        for number in 0..<count {
            try await ledger.append(EntryDraft(SandboxMark(host: "host-\(number):1"), by: EntryContext(actor: "t")))
        }
    }

    @Test("a session that ends leaves a head over every entry, and verify counts it") func close() async throws {
        let fixture = try LedgerFixture()
        let ledger = try await open(fixture, key)
        try await Self.fill(ledger, 5)
        try await ledger.close()
        let head = try #require(try LedgerReader(at: fixture.path).newestHead())
        let summary = try LedgerReader(at: fixture.path).summary()
        #expect(head.checkpoint.size == summary.size)
        #expect(Hex.encode(head.checkpoint.root) == summary.root)
        #expect(head.checkpoint.origin == "mintmark/\(summary.log)")
        let report = try LedgerVerifier(at: fixture.path).verify()
        #expect(report.isIntact && report.heads == 1 && report.signed == summary.size)
        #expect(report.verdict == .consistent)
    }

    @Test("a head is signed at least every 256 entries") func interval() async throws {
        let fixture = try LedgerFixture()
        let ledger = try await open(fixture, key)
        try await Self.fill(ledger, 700)
        let window = try LedgerReader(at: fixture.path).unanchored(now: fixture.clock.wall)
        try await ledger.close()
        #expect(window.unsigned <= 256, "\(window)")
        #expect(try LedgerVerifier(at: fixture.path).verify().heads >= 3)
    }

    @Test("without a key no head is signed, and the ledger works") func unsigned() async throws {
        let fixture = try LedgerFixture()
        let ledger = try await fixture.open()
        #expect(try await ledger.signHead() == nil)
        try await ledger.close()
        #expect(try LedgerReader(at: fixture.path).newestHead() == nil)
    }

    @Test("once heads are signed, a session without the key is refused") func dropped() async throws {
        let fixture = try LedgerFixture()
        try await open(fixture, key).close()
        let path = fixture.path
        #expect(await code { try await LedgerFixture.open(path) } == .badSecret)
    }

    @Test("another key is refused unless the one before it vouches; then heads carry both") func rotation() async throws
    {
        let fixture = try LedgerFixture()
        try await open(fixture, key).close()
        let next = try Ed25519PrivateKey()
        do {
            _ = try await open(fixture, next)
            Issue.record("a strange key was taken")
        } catch let error as MintmarkError { #expect(error.code == .badSecret) }
        try await open(fixture, next, before: key).close()
        let head = try #require(try LedgerReader(at: fixture.path).newestHead())
        for key in [key, next] {
            #expect(head.note.isSigned(by: NoteKey(name: head.checkpoint.origin, publicKey: key.publicKey)))
        }
        try await open(fixture, next).close()
        let report = try LedgerVerifier(at: fixture.path).verify()
        #expect(report.isIntact && report.heads == 3)
        #expect(report.keys == [NoteKey(name: head.checkpoint.origin, publicKey: next.publicKey).description])
        // Whoever owns the file and a key of their own can append the entry; the old key's word they do not have.
        let alone = SignedNote(
            text: head.note.text,
            signatures: head.note.signatures.filter { signature in
                SignedNote(text: head.note.text, signatures: [signature])
                    .isSigned(by: NoteKey(name: head.checkpoint.origin, publicKey: next.publicKey))
            })
        #expect(alone.signatures.count == 1)
        try fixture.alter(
            "DROP TRIGGER head_no_update; UPDATE head SET note = '\(alone.description)' WHERE size = \(head.checkpoint.size)"
        )
        let forged = try LedgerVerifier(at: fixture.path).verify()
        #expect(!forged.isIntact && forged.problems.joined().contains("does not vouch"), "\(forged.problems)")
    }

    @Test("what is read back differs from what was committed: no head, and the ledger stops") func bitFlip()
        async throws
    {
        let fixture = try LedgerFixture()
        let ledger = try await open(fixture, key)
        try await Self.fill(ledger, 3)
        try fixture.alter("UPDATE entry SET body = replace(body, 'host-1:1', 'host-9:1')")
        await #expect(throws: MintmarkError.self) { try await ledger.signHead() }
        await #expect(throws: MintmarkError.self) { try await Self.fill(ledger, 1) }
        await #expect(throws: MintmarkError.self) { try await ledger.close() }
        #expect(try LedgerReader(at: fixture.path).newestHead() == nil)
    }

    @Test("an entry changed together with its leaf, nodes and roots fails against the signed heads")
    func rewritten() async throws {
        let fixture = try LedgerFixture()
        let ledger = try await open(fixture, key)
        try await Self.fill(ledger, 3)
        try await ledger.close()
        let note = try #require(try LedgerReader(at: fixture.path).newestHead()).note.description
        let kept = try OutsideHead(note: note, name: "kept", keys: [])
        try fixture.rewrite(entry: 4, from: "host-1:1", to: "host-9:1")
        let report = try LedgerVerifier(at: fixture.path).verify(replays: false, against: [kept])
        #expect(report.verdict == .broken)
        #expect(report.findings.contains { $0.what.contains("does not fit") })
        #expect(report.findings.contains { $0.what.contains("not those of kept") })
    }

    @Test("a whole ledger is proven by a head kept outside, and one whose end was cut off is broken")
    func outside() async throws {
        let fixture = try LedgerFixture()
        try await open(fixture, key).close()
        let old = try Data(contentsOf: URL(fileURLWithPath: fixture.path))
        let ledger = try await open(fixture, key)
        try await Self.fill(ledger, 10)
        try await ledger.close()
        let head = try #require(try LedgerReader(at: fixture.path).newestHead())
        let trusted = NoteKey(name: head.checkpoint.origin, publicKey: key.publicKey)
        let kept = try OutsideHead(note: head.note.description, name: "kept", keys: [trusted])
        let size = head.checkpoint.size
        let report = try LedgerVerifier(at: fixture.path).verify(against: [kept])
        #expect(report.isIntact && report.proven?.size == size && report.proven?.by == "kept")
        let cut = try LedgerFixture(old)
        #expect(try LedgerVerifier(at: cut.path).verify(against: [kept]).verdict == .broken)
        let stranger = NoteKey(name: head.checkpoint.origin, publicKey: try Ed25519PrivateKey().publicKey)
        #expect(throws: MintmarkError.self) {
            try OutsideHead(note: head.note.description, name: "kept", keys: [stranger])
        }
    }

    @Test("a ledger put back from an old copy is refused as rolled back, a changed one as forked")
    func headFile() async throws {
        let fixture = try LedgerFixture()
        let file = fixture.folder.file("newest.head")
        #expect(await openCode(fixture.path, file) == .headMissing)
        try HeadSigning(key: key, headFile: file).createHeadFile()
        try await open(fixture, key, file: file).close()
        let old = try Data(contentsOf: URL(fileURLWithPath: fixture.path))
        let ledger = try await open(fixture, key, file: file)
        try await Self.fill(ledger, 4)
        try await ledger.close()
        let rolledBack = try LedgerFixture(old)
        #expect(await openCode(rolledBack.path, file) == .ledgerRolledBack)
        // A second life of the old copy, longer than the true one.
        let head = try Data(contentsOf: URL(fileURLWithPath: file))
        try FileManager.default.removeItem(atPath: file)
        try HeadSigning(key: key, headFile: file).createHeadFile()
        let other = try await open(rolledBack, key, file: file)
        try await Self.fill(other, 20)
        try await other.close()
        try head.write(to: URL(fileURLWithPath: file))
        #expect(await openCode(rolledBack.path, file) == .ledgerForked)
        #expect(await openCode(fixture.path, file) == nil)
    }

    private func openCode(_ path: String, _ file: String) async -> MintmarkError.Code? {
        await code { [key] in
            let ledger = try await SQLiteLedger.open(
                at: path, station: "bench", software: "1", binaryHash: "00", clock: TestClock(),
                signing: HeadSigning(key: key, headFile: file))
            try await ledger.close()
            return ()
        }
    }

    @Test("two copies of a ledger in use at once are seen at the first head") func twoCopies() async throws {
        let fixture = try LedgerFixture()
        let file = fixture.folder.file("newest.head")
        try HeadSigning(key: key, headFile: file).createHeadFile()
        try await open(fixture, key, file: file).close()
        let copy = try LedgerFixture(try Data(contentsOf: URL(fileURLWithPath: fixture.path)))
        let (first, second) = (try await open(fixture, key, file: file), try await open(copy, key, file: file))
        try await first.close()
        await #expect { try await second.close() } throws: { ($0 as? MintmarkError)?.code == .ledgerForked }
    }

    @Test("an entry's proof holds against the head, and against no other entry, place or root") func proof()
        async throws
    {
        let fixture = try LedgerFixture()
        let ledger = try await open(fixture, key)
        try await Self.fill(ledger, 300)
        try await ledger.close()
        let reader = try LedgerReader(at: fixture.path)
        for index in [0, 1, 2, 255, 256, 299, 302] as [Int64] {
            let proof = try #require(try reader.proof(of: index))
            #expect(proof.isValid)
            let text = proof.description
            #expect(try LogProof(parsing: text) == proof)
            let moved = text.replacing("index \(index)\n", with: "index \(index + 1)\n")
            #expect(try LogProof(parsing: moved).isValid == false)
            let other = text.replacing(Base64.encode(proof.entry), with: Base64.encode(proof.entry + [0x20]))
            #expect(try LogProof(parsing: other).isValid == false)
        }
        let size = try reader.summary().size
        #expect(try reader.proof(of: size) == nil)
    }
}
