// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkCrypto
import MintmarkLedger
import TestSupport
import Testing

@Suite("Many processes on one ledger", .timeLimit(.minutes(2)))
struct OwnerTests {
    @Test("exactly one may write, the others name it, and after its death another takes over", arguments: [2, 5, 16])
    func race(count: Int) async throws {
        let writer = try WriterProcess(try Ed25519PrivateKey())
        try await writer.run("create")
        // The second time the lock's file still names the owner that was killed.
        for _ in 0..<2 {
            let owner = try await Self.winner(of: count, writer.arguments + ["hold"])
            owner.kill()
            #expect(await owner.ended().status == SIGKILL)
            let heir = try HeldProcess(WriterProcess.path, writer.arguments + ["hold"])
            #expect(await heir.line() == "open")
            heir.release()
            #expect(await heir.ended().status == 0)
        }
        #expect(try LedgerVerifier(at: writer.bench.ledger).verify().problems == [])
    }

    private static func winner(of count: Int, _ arguments: [String]) async throws -> HeldProcess {
        let all = try (0..<count).map { _ in try HeldProcess(WriterProcess.path, arguments) }
        let owners = await withTaskGroup(of: HeldProcess?.self) { group in
            for process in all { group.addTask { await process.line() == "open" ? process : nil } }
            return await group.reduce(into: [HeldProcess]()) { if let owner = $1 { $0.append(owner) } }
        }
        let owner = try #require(owners.count == 1 ? owners.first : nil)
        for process in all where process !== owner {
            let (status, errors) = await process.ended()
            #expect(status == ExitStatus.station.rawValue && errors.contains("process \(owner.pid) on "), "\(errors)")
        }
        return owner
    }

    @Test("a reader that is the last to close an unfinished ledger writes nothing") func reader() async throws {
        let writer = try WriterProcess(try Ed25519PrivateKey())
        try await writer.run("create")
        let shim = CallShim(.syncs, path: writer.bench.folder, fault: (at: 9, act: .kill))
        #expect(try await writer.run("write", "20", "3", under: shim).isKilled)
        let before = try Self.files(writer.bench.folder)
        #expect(before["bench.sqlite-wal"].map { $0.count > 4096 } == true)
        try Self.read(writer.bench.ledger)
        #expect(try Self.files(writer.bench.folder) == before)
    }

    private static func read(_ path: String) throws {
        let reader = try LedgerReader(at: path)
        #expect(try reader.account().reserved > 0)
        #expect(try LedgerVerifier(at: path).verify().problems == [])
    }

    /// What is in a folder, but for the index that readers share in memory.
    private static func files(_ folder: String) throws -> [String: Data] {
        var files: [String: Data] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) where !name.hasSuffix("-shm") {
            files[name] = FileManager.default.contents(atPath: "\(folder)/\(name)")
        }
        return files
    }
}
