// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkLedger
import TestSupport
import Testing

@Suite("Steps of the wall clock", .timeLimit(.minutes(1)))
struct ClockStepTests {
    @Test(
        "each step of more than two seconds is one entry, in any order, over restarts, and time never goes back",
        arguments: 0..<20 as Range<UInt64>)
    func steps(seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        let fixture = try LedgerFixture()
        var ledger = try await fixture.open()
        var wall: Int64 = 1_773_739_800_000_000
        var steps: [Int64] = []
        for number in 0..<30 {
            switch Int.random(in: 0..<4, using: &random) {
            case 0:
                // Ten years either way, never so little that it counts as noise.
                let size = Int64.random(in: 2_100_000...315_000_000_000_000, using: &random)
                let step = Bool.random(using: &random) ? size : -size
                wall = fixture.clock.wall + step
                fixture.clock.set(wall)
                steps.append(step)
            case 1: fixture.clock.pass(Int64.random(in: 0...36_000_000_000, using: &random))
            case 2:
                try await ledger.close()
                ledger = try await fixture.open()
            default: break
            }
            try await ledger.append(try UnitLife.reserved(number))
        }
        try await ledger.close()
        let entries = try LedgerReader(at: fixture.path).entries()
        let told = try entries.filter { $0.type == .clockStep }.map { try $0.payload(ClockStep.self) }
        #expect(told.count == steps.count, "seed \(seed)")
        for (told, step) in zip(told, steps) { #expect(abs(told.found - told.expected - step) < 2_000, "seed \(seed)") }
        let times = entries.map(\.stamp.time)
        #expect(times == times.sorted(), "seed \(seed)")
        #expect(entries.map(\.stamp.sequence) == Array(0..<Int64(entries.count)))
        #expect(try LedgerVerifier(at: fixture.path).verify().problems == [], "seed \(seed)")
    }

    @Test("an act that is refused leaves the step for the next one to tell")
    func refused() async throws {
        let fixture = try LedgerFixture()
        let ledger = try await fixture.open()
        fixture.clock.set(1_873_739_800_000_000)
        #expect(await code { try await ledger.append(try UnitLife(number: 1).written()) } == .stationFault)
        try await ledger.append(try UnitLife.reserved(1))
        try await ledger.close()
        let types = try LedgerReader(at: fixture.path).entries().map(\.type)
        #expect(types == [.logOpen, .sessionOpen, .clockStep, .dsnReserved, .sessionClose])
    }

    @Test("while times stand still after the clock was set back, entries say stepped")
    func stepped() async throws {
        let fixture = try LedgerFixture()
        let ledger = try await fixture.open()
        fixture.clock.set(1_773_736_200_000_000)
        try await ledger.append(try UnitLife.reserved(1))
        fixture.clock.pass(3_601_000_000)
        try await ledger.append(try UnitLife.reserved(2))
        try await ledger.close()
        let clocks = try LedgerReader(at: fixture.path).entries(type: .dsnReserved).map(\.stamp.clock)
        #expect(clocks.first == .stepped && clocks.last != .stepped)
    }
}
