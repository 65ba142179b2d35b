// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkLedger
import TestSupport
import Testing

@Suite("LedgerReader", .timeLimit(.minutes(1)))
struct ReaderTests {
    @Test("reads beside the writer, sees each commit, and leaves the write-ahead log alone") func beside() async throws
    {
        let fixture = try LedgerFixture()
        let ledger = try await fixture.open()
        let reader = try LedgerReader(at: fixture.path)
        for number in 1...5 {
            try await ledger.append(try UnitLife.reserved(number))
            #expect(try reader.account().counts == [.free: number])
            #expect(try reader.summary().size == Int64(number) + 2)
        }
        let wal = fixture.path + "-wal"
        let size = try FileManager.default.attributesOfItem(atPath: wal)[.size] as? Int
        _ = try LedgerReader(at: fixture.path).entries()
        #expect(try FileManager.default.attributesOfItem(atPath: wal)[.size] as? Int == size)
        let held = try reader.summary()
        try await ledger.close()
        #expect(try reader.summary().log == held.log)
        #expect(try reader.summary().size == held.size + 1)
        #expect(held.station == "bench")
        #expect(held.kind == "label")
        #expect(held.root.count == 64)
    }

    @Test("entries are found by range, run, unit and type, and a unit's history by any of its names")
    func find() async throws {
        let fixture = try LedgerFixture()
        let ledger = try await fixture.open()
        let lives = (1...3).map { UnitLife(number: $0) }
        for life in lives { try await ledger.append(try UnitLife.reserved(life.number)) }
        // Interleaved, as slots are.
        for step in 0..<9 { for life in lives { try await ledger.append(try life.whole()[step]) } }
        let reader = try LedgerReader(at: fixture.path)
        let life = lives[1]
        #expect(try reader.entries(3..<5).map(\.stamp.sequence) == [3, 4])
        #expect(try reader.entries(limit: 2).count == 2)
        #expect(try reader.entries(run: life.run).count == 9)
        #expect(try reader.entries(run: life.run, type: .stepIntent).count == 1)
        #expect(try reader.entries(run: UUIDv7.text(9)).isEmpty)
        #expect(try reader.entries(unit: life.dsn.description).count == 7)
        #expect(try reader.entries(unit: "nobody").isEmpty)
        #expect(try reader.entries(type: .runOpen).count == 3)
        let names = [try life.dsn.description, try life.hwsig.description, try life.mac.description]
        for name in names {
            let history = try #require(try reader.unit(named: name))
            #expect(history.unit.dsn == (try life.dsn))
            // Its reservation, its run, and nothing of its neighbours.
            let types = history.entries.map(\.type)
            #expect(types == [.dsnReserved] + (try life.whole()).map { type(of: $0.body).type })
        }
        #expect(try reader.unit(named: "nobody") == nil)
        #expect(try reader.units().map(\.hardware) == ["hw-1", "hw-2", "hw-3"])
        #expect(try reader.runs(limit: 2).map(\.run) == [lives[2].run, lives[1].run])
        #expect(try reader.runs().allSatisfy { $0.outcome == .pass && $0.took == 2_000_000 && $0.batch == "b-1" })
        #expect(try reader.registrations().map(\.badge) == [.registered, .registered, .registered])
        #expect(try reader.dsns().map(\.publicKey) == Array(repeating: [0, 1, 2, 3], count: 3))
        try await ledger.close()
    }

    @Test("a DSN that the table lost is missing from the sum") func lostDSN() async throws {
        let fixture = try LedgerFixture()
        let ledger = try await fixture.open()
        for number in 0..<3 { try await ledger.append(try UnitLife.reserved(number)) }
        try await ledger.close()
        let whole = try LedgerReader(at: fixture.path).account()
        #expect(whole.isBalanced && whole.reserved == 3)
        try fixture.alter("DELETE FROM dsn WHERE dsn = '\(try UnitLife.dsn(1))'")
        let account = try LedgerReader(at: fixture.path).account()
        #expect(account.reserved == 3 && account.sum == 2 && !account.isBalanced)
    }
}
