// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import MintmarkCore
import MintmarkLedger
import TestSupport

/// A new ledger in a folder of its own, for a station named `bench`.
struct LedgerFixture: ~Copyable {
    let folder: TemporaryFolder
    let path: String
    let clock: TestClock

    init(kind: StationKind = .label) throws {
        let folder = try TemporaryFolder()
        let (path, clock) = (folder.file("bench.sqlite"), TestClock())
        try SQLiteLedger.create(at: path, station: "bench", kind: kind, software: "1.0+test", clock: clock)
        self.path = path
        self.clock = clock
        self.folder = folder
    }

    /// A copy of another ledger's file.
    init(_ bytes: Data) throws {
        let folder = try TemporaryFolder()
        let path = folder.file("bench.sqlite")
        try bytes.write(to: URL(fileURLWithPath: path))
        self.path = path
        clock = TestClock()
        self.folder = folder
    }

    func open() async throws -> SQLiteLedger { try await LedgerFixture.open(path, clock) }

    static func open(_ path: String, _ clock: TestClock = TestClock()) async throws -> SQLiteLedger {
        try await SQLiteLedger.open(
            at: path, station: "bench", software: "1.0+test", binaryHash: String(repeating: "0", count: 64),
            clock: clock)
    }
}

extension SQLiteLedger {
    /// Appends without looking.
    func append(_ drafts: EntryDraft...) async throws { try await commit { _ in Decision(drafts) } }

    func account() async throws -> DSNAccount { try await read { try $0.account() } }
}

/// Errors that are equal by code only.
func code(_ body: () async throws -> some Any) async -> MintmarkError.Code? {
    do { _ = try await body() } catch let error as MintmarkError { return error.code } catch { return nil }
    return nil
}

extension LedgerFixture {
    /// Changes the file as somebody would who owns it: past the writer, past the triggers.
    borrowing func alter(_ sql: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { database in
            for table in ["entry", "root", "node", "log"] {
                for name in ["no_delete", "no_update", "dense", "grows"] {
                    try database.execute(sql: "DROP TRIGGER IF EXISTS \(table)_\(name)")
                }
            }
            try database.execute(sql: sql)
            try database.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        }
        try queue.close()
    }
}

extension LedgerFixture {
    /// What an attacker with the file does: changes an entry and everything in the file that follows from it.
    borrowing func rewrite(entry: Int64, from old: String, to new: String) throws {
        try alter("UPDATE entry SET body = replace(body, '\(old)', '\(new)') WHERE seq = \(entry)")
        let queue = try DatabaseQueue(path: path)
        try queue.write { database in
            var tree = MerkleTree()
            for row in try Row.fetchAll(database, sql: "SELECT seq, body FROM entry ORDER BY seq") {
                let leaf = tree.hasher.leaf(Array((row["body"] as String).utf8))
                try database.execute(
                    sql: "UPDATE entry SET leaf = ? WHERE seq = ?", arguments: [Data(leaf), row["seq"] as Int64])
                try tree.append(leaf) { level, index, hash in
                    try database.execute(
                        sql: "UPDATE node SET h = ? WHERE level = ? AND idx = ?",
                        arguments: [Data(hash), level, index])
                }
                try database.execute(
                    sql: "UPDATE root SET h = ? WHERE size = ?", arguments: [Data(tree.root), tree.size])
            }
        }
        try queue.close()
    }
}

extension VerificationReport {
    var problems: [String] { findings.map(\.what) }
}
