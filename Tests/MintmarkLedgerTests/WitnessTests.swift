// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkCrypto
import MintmarkLedger
import TestSupport
import Testing

@Suite("A witness at work", .timeLimit(.minutes(1))) final class WitnessTests {
    private let key: Ed25519PrivateKey
    private let log: TestLog
    private let folder: TemporaryFolder
    private var store: String { folder.file("store") }

    init() throws {
        key = try Ed25519PrivateKey()
        log = TestLog("mintmark/ab", key: try Ed25519PrivateKey(), count: 200)
        let folder = try TemporaryFolder()
        _ = try Witness.create(name: "w/1", key: key, store: folder.file("store"))
        self.folder = folder
    }

    private func witness(_ logs: [NoteKey]? = nil) throws -> Witness {
        try Witness(key: key, store: store, logs: logs ?? [log.vkey], clock: TestClock())
    }

    private static func ask(_ witness: Witness, _ request: WitnessRequest) async -> WitnessAnswer {
        await witness.addCheckpoint(Array(request.description.utf8))
    }

    @Test("a cosignature holds under the witness's key, with its time, and survives a restart") func cosigns()
        async throws
    {
        do {
            let witness = try witness()
            guard case .cosigned(let signature) = await Self.ask(witness, try log.request(0, 5)) else {
                Issue.record("not cosigned")
                return
            }
            var note = try log.head(5).note
            note.add(signature)
            #expect(Cosignature.time(in: note, by: witness.verifierKey) == TestClock().wall / 1_000_000)
        }
        let again = try witness()
        #expect(await Self.ask(again, try log.request(0, 9)) == .conflict(known: 5))
        #expect(await Self.ask(again, try log.request(5, 9)).status == 200)
        #expect(await Self.ask(again, try log.request(9, 9)).status == 200)
    }

    @Test("lines that others put beside a log's signature are not kept: no request can spoil the store")
    func foreignLines() async throws {
        let stranger = try Ed25519PrivateKey()
        var request = try log.request(0, 5)
        var note = request.head.note
        for number in 1...99 { note.add(try note.signature(by: stranger, as: "stranger/\(number)")) }
        request = try WitnessRequest(
            parsing: Array("old 0\n\n\(note.description)".utf8))
        do { #expect(await Self.ask(try witness(), request).status == 200) }
        let kept = try String(contentsOfFile: store, encoding: .utf8)
        #expect(!kept.contains("stranger") && kept.contains("mintmark/ab"))
        #expect(await Self.ask(try witness(), try log.request(5, 9)).status == 200)
    }

    /// Requests of two logs that are one up to entry 50, at random, some at once, with restarts.
    @Test(
        "two inconsistent heads are never cosigned, nor a shorter behind a longer", arguments: [1 as UInt64, 2, 3, 4])
    func neverBoth(seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        var fork = log
        for index in 50..<200 { fork.leaves[index] = log.leaves[index - 1] }
        var (last, cosigned) = (0, 0)
        var isFork: Bool?
        for _ in 0..<12 {
            let witness = try witness()
            for _ in 0..<6 {
                var requests: [(Bool, Int, WitnessRequest)] = []
                for _ in 0..<Int.random(in: 1...6, using: &random) {
                    let useFork = Bool.random(using: &random)
                    let size = Int.random(in: max(1, last - 5)...min(200, last + 30), using: &random)
                    let old =
                        Int.random(in: 0..<4, using: &random) == 0 ? Int.random(in: 0...size, using: &random) : last
                    requests.append((useFork, size, try (useFork ? fork : log).request(old, size)))
                }
                let taken = await withTaskGroup(of: (Bool, Int)?.self) { group in
                    for (useFork, size, request) in requests {
                        group.addTask { await Self.ask(witness, request).status == 200 ? (useFork, size) : nil }
                    }
                    return await group.reduce(into: [(Bool, Int)]()) { if let taken = $1 { $0.append(taken) } }
                }
                cosigned += taken.count
                last = taken.reduce(last) { max($0, $1.1) }
                for (useFork, size) in taken where size > 50 {
                    #expect(isFork ?? useFork == useFork, "both sides of a fork, seed \(seed)")
                    isFork = useFork
                }
                let stored = try String(contentsOfFile: store, encoding: .utf8)
                #expect(last == 0 || stored.contains("mintmark/ab\\n\(last)\\n"), "seed \(seed)")
            }
        }
        #expect(cosigned > 10)
    }

    @Test("logs are kept apart") func manyLogs() async throws {
        let other = TestLog("mintmark/cd", key: try Ed25519PrivateKey(), count: 9)
        do {
            let witness = try witness([log.vkey, other.vkey])
            #expect(await Self.ask(witness, try log.request(0, 5)).status == 200)
            #expect(await Self.ask(witness, try other.request(0, 9)).status == 200)
        }
        // A log that is not named any more is remembered all the same.
        do { #expect(await Self.ask(try witness(), try log.request(5, 6)).status == 200) }
        let witness = try witness([log.vkey, other.vkey])
        #expect(await Self.ask(witness, try other.request(0, 9)) == .conflict(known: 9))
        #expect(await Self.ask(witness, try log.request(0, 9)) == .conflict(known: 6))
    }

    @Test("one store has one process, one key, and is never made by itself") func store() async throws {
        let held = try witness()
        #expect(await code { try witness() } == .ledgerLocked)
        _ = held
        let other = folder.file("other")
        _ = try Witness.create(name: "w/2", key: Ed25519PrivateKey(), store: other)
        #expect(await code { try Witness(key: key, store: other, logs: [], clock: TestClock()) } == .badSecret)
        #expect(await code { try Witness.create(name: "w/2", key: key, store: other) } == .ledgerFault)
        #expect(await code { try Witness.create(name: "w 2", key: key, store: folder.file("x")) } == .badInput)
        let missing = folder.file("missing")
        #expect(await code { try Witness(key: key, store: missing, logs: [], clock: TestClock()) } == .ledgerMissing)
    }

    @Test("a changed store is refused, or the change is not in what was cosigned", arguments: [5 as UInt64, 6])
    func damage(seed: UInt64) async throws {
        do { #expect(await Self.ask(try witness(), try log.request(0, 5)).status == 200) }
        let good = try Data(contentsOf: URL(fileURLWithPath: store))
        var random = SplitMix64(seed: seed)
        for _ in 0..<200 {
            var bytes = good
            bytes[Int.random(in: bytes.indices, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            try bytes.write(to: URL(fileURLWithPath: store))
            guard let witness = try? witness() else { continue }
            #expect(await Self.ask(witness, try log.request(0, 9)) == .conflict(known: 5), "seed \(seed)")
        }
    }

    @Test("what cannot be kept is not cosigned, and nothing after it") func unkept() async throws {
        let witness = try witness()
        try FileManager.default.removeItem(atPath: folder.path)
        #expect(await Self.ask(witness, try log.request(0, 5)).status == 500)
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
        #expect(await Self.ask(witness, try log.request(0, 5)).status == 500)
    }
}
