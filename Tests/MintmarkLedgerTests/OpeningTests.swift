// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import MintmarkCore
import MintmarkLedger
import TestSupport
import Testing

@Suite("Opening a ledger", .timeLimit(.minutes(1)))
struct OpeningTests {
    @Test("the second opener is refused and told who writes; after the close it may") func lock() async throws {
        let fixture = try LedgerFixture()
        let ledger = try await fixture.open()
        let path = fixture.path
        let error = await #expect(throws: MintmarkError.self) { try await LedgerFixture.open(path) }
        #expect(error?.code == .ledgerLocked)
        #expect(error?.what.contains("process \(getpid()) on ") == true)
        #expect(error?.what.contains(ProcessInfo.processInfo.processName) == true)
        try await ledger.close()
        try await ledger.close()
        try await fixture.open().close()
    }

    @Test("of many who try at once exactly one may write") func race() async throws {
        let fixture = try LedgerFixture()
        let path = fixture.path
        let ledgers = await withTaskGroup(of: SQLiteLedger?.self) { group in
            for _ in 0..<8 { group.addTask { try? await LedgerFixture.open(path) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(ledgers.count { $0 != nil } == 1)
        for ledger in ledgers { try await ledger?.close() }
    }

    @Test("a newer file is not written, but read and verified") func newer() async throws {
        let fixture = try LedgerFixture()
        try fixture.alter("PRAGMA user_version = 3")
        let path = fixture.path
        #expect(await code { try await LedgerFixture.open(path) } == .ledgerNewer)
        #expect(try LedgerReader(at: path).summary().size == 1)
        let report = try LedgerVerifier(at: path).verify()
        #expect(report.verdict == .consistent)
        #expect(report.projections == .notChecked)
    }

    @Test("a file of version 1 is verified as it is, and gets its new tables when it is opened for writing")
    func older() async throws {
        let fixture = try LedgerFixture()
        try await fixture.open().close()
        try fixture.alter(
            """
            DROP TABLE cosig; DROP TABLE head; DROP TABLE head_key; PRAGMA user_version = 1;
            UPDATE meta SET value = 1 WHERE name = 'projections'
            """)
        let before = try LedgerVerifier(at: fixture.path).verify()
        #expect(before.isIntact && before.projections == .notChecked, "\(before.problems)")
        #expect(try LedgerReader(at: fixture.path).newestHead() == nil)
        #expect(throws: MintmarkError.self) { try LedgerReader(at: fixture.path).account() }
        try await fixture.open().close()
        let after = try LedgerVerifier(at: fixture.path).verify()
        #expect(after.isIntact && after.projections == .equal, "\(after.problems)")
        #expect(try LedgerReader(at: fixture.path).account().isBalanced)
    }

    @Test("another station's ledger is refused") func otherStation() async throws {
        let fixture = try LedgerFixture()
        let path = fixture.path
        let found = await code {
            try await SQLiteLedger.open(
                at: path, station: "other", software: "1", binaryHash: "00", clock: TestClock())
        }
        #expect(found == .badStationFile)
        try await fixture.open().close()
    }

    @Test("a file that is no ledger is refused and left as it is", arguments: ["", "garbage", "database"])
    func alien(kind: String) async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("x.sqlite", String(repeating: kind == "garbage" ? "garbage" : "", count: 999))
        if kind == "database" {
            let queue = try DatabaseQueue(path: path)
            try await queue.write { try $0.execute(sql: "CREATE TABLE t (x)") }
            try queue.close()
        }
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(await code { try await LedgerFixture.open(path) } == .ledgerFault)
        #expect(await code { try LedgerReader(at: path) } == .ledgerFault)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    }

    @Test(
        "an end of the log that is not what was committed is refused",
        arguments: [
            "UPDATE entry SET body = replace(body, 'bench', 'bunch') WHERE seq = (SELECT max(seq) FROM entry)",
            "UPDATE entry SET leaf = zeroblob(32) WHERE seq = 0", "DELETE FROM entry WHERE seq = 2",
            "DELETE FROM root WHERE size > 2", "UPDATE root SET h = zeroblob(32)", "DELETE FROM log",
        ])
    func tail(sql: String) async throws {
        let fixture = try LedgerFixture()
        try await fixture.open().close()
        try fixture.alter(sql)
        let path = fixture.path
        #expect(await code { try await LedgerFixture.open(path) } == .ledgerFault)
    }

    @Test("the right edge comes back at every size around a tile", arguments: [254, 255, 256, 257, 511, 512, 513])
    func edge(size: Int) async throws {
        let fixture = try LedgerFixture()
        let ledger = try await fixture.open()
        // log.open and session.open stand before, session.close and another session.open come behind.
        let drafts = try (1...size - 3).map { try UnitLife.reserved($0) }
        try await ledger.commit { _ in Decision(drafts) }
        try await ledger.close()
        #expect(try LedgerReader(at: fixture.path).summary().size == Int64(size))
        try await fixture.open().close()
        let report = try LedgerVerifier(at: fixture.path).verify()
        #expect(report.problems == [])
        #expect(report.entries == Int64(size) + 2)
    }

    @Test("triggers refuse delete, update, gap and replace") func appendOnly() async throws {
        let fixture = try LedgerFixture()
        try await fixture.open().close()
        let queue = try DatabaseQueue(path: fixture.path)
        let copy = "SELECT 1, body, leaf, type, unit, run, t_us FROM entry WHERE seq = 0"
        for sql in [
            "DELETE FROM entry", "UPDATE entry SET t_us = 0", "INSERT OR REPLACE INTO entry \(copy)",
            "INSERT INTO entry \(copy.replacingOccurrences(of: "SELECT 1", with: "SELECT 9"))", "DELETE FROM root",
            "UPDATE root SET size = 99 WHERE size = 1", "INSERT OR REPLACE INTO root VALUES (1, zeroblob(32))",
            "DELETE FROM log", "UPDATE log SET id = 'x'", "INSERT INTO root VALUES (9, zeroblob(32))",
        ] {
            await #expect(throws: DatabaseError.self, "\(sql)") { try await queue.write { try $0.execute(sql: sql) } }
        }
        try queue.close()
        #expect(try LedgerVerifier(at: fixture.path).verify().problems == [])
    }

    @Test("entries are stamped densely, with times that never go back") func stamps() async throws {
        let fixture = try LedgerFixture()
        let ledger = try await fixture.open()
        for (number, wall) in [2_000_000_000_000_000, 1_000_000_000_000_000, 3_000_000_000_000_000].enumerated() {
            fixture.clock.set(Int64(wall))
            try await ledger.append(try UnitLife.reserved(number))
        }
        try await ledger.close()
        let stamps = try LedgerReader(at: fixture.path).entries().map(\.stamp)
        #expect(stamps.map(\.sequence) == Array(0..<Int64(stamps.count)))
        #expect(stamps.map(\.time) == stamps.map(\.time).sorted())
        #expect(Set(stamps.map(\.log)).count == 1)
        #expect(stamps.allSatisfy { $0.boot.count == 36 && $0.monotonic > 0 && $0.software == "1.0+test" })
        let types = try LedgerReader(at: fixture.path).entries().map(\.type)
        let stepped = [EntryType.clockStep, .dsnReserved]
        #expect(types == [.logOpen, .sessionOpen] + stepped + stepped + stepped + [.sessionClose])
    }
}
