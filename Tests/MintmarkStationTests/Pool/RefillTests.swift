// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkLedger
import TestSupport
import Testing

@testable import MintmarkStation

@Suite("Filling the pool", .timeLimit(.minutes(1)))
struct RefillTests {
    @Test("in blocks, until enough are free, and never beyond the most")
    func blocks() async throws {
        let cloud = PoolCloud()
        let bench = try await PoolBench("pool: { low: 25, refill: 10, most: 28 }", cloud: cloud)
        await bench.station.refill.once()
        #expect(await cloud.asked == [10, 10, 8])
        #expect(try await bench.free() == 28)
        await bench.station.refill.once()
        #expect(await cloud.asked.count == 3)
        try await bench.close()
    }

    @Test("without limits in the station file, or after the end, nothing is asked for")
    func off() async throws {
        let cloud = PoolCloud()
        let bench = try await PoolBench("", cloud: cloud)
        await bench.station.refill.once()
        try await bench.close()
        let stopped = try await PoolBench("pool: { low: 1, most: 10 }", cloud: cloud)
        await stopped.station.refill.stop()
        await stopped.station.refill.once()
        try await stopped.close()
        #expect(await cloud.asked.isEmpty)
    }

    @Test("a lost reply stops it with one alarm until a person has settled it; the sum is right all the time")
    func lost() async throws {
        let cloud = PoolCloud { $0 == 2 }
        let bench = try await PoolBench("pool: { low: 30, refill: 10, most: 40 }", cloud: cloud)
        await bench.station.refill.once()
        #expect(await cloud.asked == [10, 10])
        var account = try await bench.account()
        #expect(account.isBalanced && account.unknown == 10 && account.reserved == 20)
        #expect(bench.notices.contains { $0.hasPrefix("ALARM: up to 10 DSNs") })
        // A new session looks again, and asks for nothing.
        let later = Refiller(
            model: PoolBench.model, limits: bench.station.file.pool, outside: bench.station.outside
        ) { _ in Issue.record("it asked") }
        for _ in 1...3 { await later.once() }
        #expect(bench.notices.count { $0.contains("is not filled") } == 1)
        let count = try await bench.station.settle([], reason: "none was reserved", actor: "lead-1")
        #expect(count == 10)
        account = try await bench.account()
        #expect(account.isBalanced && account.unknown == 0 && account.reserved == 10)
        await #expect(throws: MintmarkError.self) {
            try await bench.station.settle(["request-x"], reason: "r", actor: "lead-1")
        }
        try await bench.close()
    }

    @Test("a cloud that refuses is asked again after a minute, and not before")
    func refused() async throws {
        let clock = HurriedClock()
        let bench = try await PoolBench("pool: { low: 5, most: 10 }", cloud: PoolCloud(), clock: clock)
        let tries = Tally()
        let refill = Refiller(
            model: PoolBench.model, limits: bench.station.file.pool, outside: bench.station.outside
        ) { _ in
            tries.add()
            throw MintmarkError(.cloudUnreachable, "no network", next: "Wait.")
        }
        for _ in 1...3 { await refill.once() }
        #expect(tries.count == 1)
        try await clock.sleep(until: clock.now + .seconds(61))
        for _ in 1...3 { await refill.once() }
        #expect(tries.count == 2)
        #expect(bench.notices == ["the pool could not be filled: no network"])
        try await bench.close()
    }

    @Test("low above most, a block above 100 and a pool without a pool are bad station files")
    func files() throws {
        for (limits, kind) in [
            ("pool: { low: 11, most: 10 }", "label"), ("pool: { low: 1, most: 10, refill: 101 }", "label"),
            ("pool: { low: 1 }", "label"), ("pool: { low: 1, most: 10 }", "config"), ("offline: {}", "label"),
            ("offline: { units: 0 }", "label"), ("offline: { hours: -1 }", "label"),
        ] { #expect(throws: MintmarkError.self, "\(limits)") { try PoolBench.file(limits, kind: kind) } }
        let file = try PoolBench.file("pool: { low: 1, most: 10 }\noffline: { units: 7, hours: 12 }")
        #expect(file.pool == PoolRefill(low: 1, block: 100, most: 10))
        #expect(file.offline == OfflineLimits(units: 7, hours: 12))
    }
}
