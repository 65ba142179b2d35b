// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkCrypto
import MintmarkLedger
import TestSupport
import Testing

@Suite("A power cut at any instant of a ledger's writing", .timeLimit(.minutes(240)))
struct PowerCutTests {
    /// `make crash` sets MINTMARK_IMAGES to 100000.
    static let images = ProcessInfo.processInfo.environment["MINTMARK_IMAGES"].flatMap { Int($0) } ?? 200

    /// Entries of a commit at most.
    private static let largest = 40

    /// A ledger is made and written in four sessions: single entries, groups, and enough of them that the write-ahead
    /// log is carried into the file while it is written and begun again.
    private static func record(_ writer: borrowing WriterProcess) async throws -> [CallRecord] {
        let shim = CallShim(.files, path: writer.bench.root, log: writer.log)
        let largest = String(largest)
        for result in [
            try await writer.run("create", under: shim), try await writer.run("write", "15", "1", under: shim),
            try await writer.run("write", "3", largest, under: shim),
            try await writer.run("write", "220", "1", under: shim),
        ] { try #require(result.status == 0, "\(result.errors)") }
        return try CallRecord.read(writer.log)
    }

    @Test("loses nothing that was acknowledged, and the ledger opens") func cut() async throws {
        let key = try Ed25519PrivateKey()
        let writer = try WriterProcess(key)
        let calls = try await Self.record(writer)
        let seed = UInt64.random(in: 0..<1 << 32)
        say("power cuts: seed \(seed), \(Self.images) images of \(calls.count) calls")
        var random = SplitMix64(seed: seed)
        var disk = RecordedDisk(writer.bench)
        var done = 0
        for (number, cut) in Self.cuts(calls, &random).sorted().enumerated() {
            while done < cut {
                disk.apply(calls[done])
                done += 1
            }
            // A replay of all entries takes several times as long as the rest.
            let found = try await Self.check(
                disk.image(&random), acknowledged: disk.acknowledged, key, replays: number.isMultiple(of: 8))
            #expect(found == nil, "seed \(seed), call \(cut)")
        }
    }

    /// Half of them anywhere, half close to what is rare: names, truncations and the file's own pages.
    private static func cuts(_ calls: [CallRecord], _ random: inout SplitMix64) -> [Int] {
        let rare = calls.indices.filter { index in
            let call = calls[index]
            return ![.write, .sync].contains(call.operation)
                || call.operation == .write && call.path.hasSuffix(".sqlite")
        }
        return (0..<images).map { number in
            guard number % 2 == 1, let place = rare.randomElement(using: &random) else {
                return Int.random(in: 0...calls.count, using: &random)
            }
            return min(max(0, place + Int.random(in: -2...3, using: &random)), calls.count)
        }
    }

    /// What is wrong with the ledger in this image; nil when nothing is.
    private static func check(
        _ image: [String: Data], acknowledged: Int?, _ key: Ed25519PrivateKey, replays: Bool
    ) async throws -> String? {
        let folder = try TemporaryFolder(in: WriterProcess.memory)
        let bench = LedgerBench(root: folder.path, key: key)
        try FileManager.default.createDirectory(atPath: bench.folder, withIntermediateDirectories: true)
        for (name, data) in image { try data.write(to: URL(fileURLWithPath: "\(bench.folder)/\(name)")) }
        do {
            let ledger = try await bench.open(clock: TestClock())
            let held = try await ledger.account()
            try await ledger.close()
            let told = acknowledged ?? 0
            guard held.isBalanced, (told...told + largest).contains(held.reserved) else {
                return "\(told) DSNs were acknowledged, it holds \(held.description)"
            }
            return try LedgerVerifier(at: bench.ledger).verify(replays: replays).problems.first
        } catch let error as MintmarkError {
            // Before the making of it was acknowledged there may be no ledger, or no head file yet.
            if acknowledged == nil, [.ledgerMissing, .headMissing].contains(error.code) { return nil }
            return error.description
        }
    }
}
