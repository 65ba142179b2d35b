// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkCrypto
import MintmarkLedger
import Synchronization
import TestSupport
import Testing

@Suite("Cosignatures in the ledger") final class CosignatureTests {
    private let folder: TemporaryFolder
    private let bench: LedgerBench
    private let witness: Ed25519PrivateKey

    init() throws {
        folder = try TemporaryFolder()
        bench = LedgerBench(root: folder.path, key: try Ed25519PrivateKey())
        witness = try Ed25519PrivateKey()
        try bench.create(clock: TestClock())
    }

    private func cosignature(_ name: String, time: Int64 = 1) throws -> (SignedNote.Signature, Int64) {
        let head = try #require(try LedgerReader(at: bench.ledger).newestHead())
        return (try Cosignature.make(over: head.note.text, by: witness, as: name, time: time), head.checkpoint.size)
    }

    @Test("behind a session's end stands nothing but the cosignatures of its head, each witness's first") func end()
        async throws
    {
        let ledger = try await bench.open(clock: TestClock())
        try await ledger.append(LedgerBench.reserved(1))
        try await ledger.end()
        try await ledger.end()
        for (name, time) in [("a", 1), ("b", 2), ("a", 3)] {
            let (signature, size) = try cosignature(name, time: Int64(time))
            try await ledger.keep(signature, of: size)
        }
        #expect(await code { try await ledger.append(LedgerBench.reserved(2)) } == .ledgerFault)
        try await ledger.close()

        let reader = try LedgerReader(at: bench.ledger)
        let head = try #require(try reader.newestHead())
        #expect(head.checkpoint.size == (try reader.summary().size))
        #expect(try reader.entries(type: .sessionClose).count == 1)
        let times = ["a", "b"].map {
            Cosignature.time(
                in: head.note, by: NoteKey(name: $0, algorithm: .cosignature, publicKey: witness.publicKey))
        }
        #expect(times == [1, 2] && head.note.signatures.count == 3)
        #expect(try LedgerVerifier(at: bench.ledger).verify().problems == [])
        // The next session goes on.
        let next = try await bench.open(clock: TestClock())
        try await next.append(LedgerBench.reserved(2))
        try await next.close()
    }

    @Test("how far a witness has come, and since when it lacks heads") func standing() async throws {
        let ledger = try await bench.open(clock: TestClock())
        let reader = try LedgerReader(at: bench.ledger)
        #expect(try reader.standing(ofWitness: "a") == WitnessStanding(size: 0, waitingSince: nil))
        let signed = Mutex(0)
        await ledger.whenSigned { signed.withLock { $0 += 1 } }
        let first = try #require(try await ledger.signHead()).checkpoint.size
        let waiting = try reader.standing(ofWitness: "a")
        #expect(waiting.size == 0 && waiting.waitingSince != nil)
        let (signature, size) = try cosignature("a")
        try await ledger.keep(signature, of: size)
        #expect(try reader.standing(ofWitness: "a") == WitnessStanding(size: first, waitingSince: nil))
        for number in 1...2 {
            try await ledger.append(LedgerBench.reserved(number))
            _ = try await ledger.signHead()
        }
        let behind = try reader.standing(ofWitness: "a")
        #expect(behind.size == first && (behind.waitingSince ?? 0) > (waiting.waitingSince ?? 0))
        #expect(try reader.standing(ofWitness: "b").waitingSince == waiting.waitingSince)
        #expect(try reader.unanchored(now: 1_773_739_900_000_000).witnessed == first)
        #expect(signed.withLock(\.self) == 3)
        try await ledger.close()
    }
}
