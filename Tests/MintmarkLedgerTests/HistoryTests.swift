// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkLedger
import TestSupport
import Testing

@Suite("Random histories", .timeLimit(.minutes(2)))
struct HistoryTests {
    @Test(
        "whatever is asked, no DSN is on two units, no unit has two, the sum holds and a replay gives the same",
        arguments: 0..<12 as Range<UInt64>)
    func invariants(seed: UInt64) async throws {
        let fixture = try LedgerFixture()
        let ledger = try await fixture.open()
        let refused = try await withThrowingTaskGroup(of: Int.self) { group in
            for worker in 0..<4 {
                group.addTask {
                    var random = SplitMix64(seed: seed &* 31 &+ UInt64(worker))
                    var refused = 0
                    for _ in 0..<120 where try await !HistoryTests.tryAct(on: ledger, &random) { refused += 1 }
                    return refused
                }
            }
            return try await group.reduce(0, +)
        }
        #expect((100..<460).contains(refused), "a history of one colour proves nothing")
        try await ledger.close()

        let reader = try LedgerReader(at: fixture.path)
        let (dsns, units) = (try reader.dsns(), try reader.units())
        let holders = dsns.compactMap(\.unit)
        #expect(Set(holders).count == holders.count)
        for dsn in dsns where dsn.unit != nil {
            #expect(units.first { $0.hardware == dsn.unit }?.dsn == dsn.dsn)
        }
        let held = units.compactMap(\.dsn)
        #expect(Set(held).count == held.count)
        let assigned = try reader.entries(type: .dsnAssigned).map { try $0.payload(DSNAssigned.self) }
        #expect(Set(assigned.map(\.dsn)).count == assigned.count)
        #expect(Set(assigned.map(\.mac)).count == assigned.count)
        let account = try reader.account()
        #expect(account.isBalanced)
        #expect(try reader.entries(type: .dsnReserved).count == account.reserved - account.unknown)
        #expect(try LedgerVerifier(at: fixture.path).verify().problems == [])
    }

    /// A random act on one of a few units, sensible or not. False when it was refused.
    private static func tryAct(on ledger: SQLiteLedger, _ random: inout SplitMix64) async throws -> Bool {
        let life = UnitLife(
            number: Int.random(in: 1...6, using: &random), attempt: Int.random(in: 1...3, using: &random))
        let dsn = try UnitLife.dsn(Int.random(in: 1...8, using: &random))
        let own = try await ledger.read { try $0.unit(hwsig: life.hwsig, mac: life.mac)?.dsn } ?? dsn
        let badge = [RegisterResult.Badge.registered, .refused, .quarantined].randomElement(using: &random)
        let drafts: [EntryDraft] =
            switch Int.random(in: 0..<15, using: &random) {
            case 0, 1: [try UnitLife.reserved(Int.random(in: 1...8, using: &random))]
            case 2: [life.opened(), try life.seen()]
            case 3, 4: [life.opened(), try life.assigned(dsn, counter: "c", number: 1), try life.intent()]
            case 5: [try life.assigned(dsn)]
            case 6: [try life.written(own), try life.ended(dsn: own), try life.registering(own)]
            case 7: [try life.written(dsn)]
            case 8: [try life.ended(Outcome.allCases.randomElement(using: &random) ?? .pass, dsn: own)]
            case 9: [try life.registering(own)]
            case 10: [try life.lost(own)]
            case 11: [try life.answered(badge ?? .refused, dsn: own, text: "as it was said")]
            case 12: [try life.setAside(Bool.random(using: &random) ? own : nil)]
            case 13: [try life.released(Bool.random(using: &random) ? own : nil)]
            default: [try life.answered(.registered, dsn: own), try life.ended(dsn: dsn)]
            }
        do {
            try await ledger.commit { _ in Decision(drafts) }
            return true
        } catch let error as MintmarkError {
            #expect(error.code == .stationFault, "\(error)")
            return false
        }
    }

    @Test("projections of an older version are made again at open") func refresh() async throws {
        let fixture = try LedgerFixture()
        var ledger = try await fixture.open()
        try await ledger.append(try UnitLife.reserved(1))
        try await ledger.append(try UnitLife(number: 1).whole()[0])
        try await ledger.close()
        try fixture.alter("UPDATE meta SET value = 0; DROP TABLE dsn; UPDATE run SET actor = 'nobody'")
        ledger = try await fixture.open()
        #expect(try await ledger.account().counts == [.free: 1])
        try await ledger.close()
        #expect(try LedgerVerifier(at: fixture.path).verify().problems == [])
    }
}
