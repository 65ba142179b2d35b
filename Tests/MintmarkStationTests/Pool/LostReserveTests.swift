// SPDX-License-Identifier: Apache-2.0
import MintmarkCloud
import MintmarkCore
import MintmarkSandbox
import TestSupport
import Testing

@testable import MintmarkStation

@Suite("Searching the cloud for a lost reserve", .timeLimit(.minutes(1)))
struct LostReserveTests {
    @Test("one that did not land is settled on its own, with what was seen, and the pool is filled")
    func notLanded() async throws {
        try await LostReserveBench.with { bench in
            try await bench.lose(.dropBeforeCommit)
            #expect(try await bench.pool.account().unknown == 5)
            try await bench.later()
            let account = try await bench.pool.account()
            #expect(account.unknown == 0 && account.isBalanced && account.reserved == 10)
            #expect(try await bench.pool.free() == 10)
            let entry = try #require(try bench.pool.entries().first { $0.type == .dsnUnknownDisproved })
            let body = try entry.payload(DSNUnknownDisproved.self)
            #expect(entry.context.actor == "refill")
            #expect((body.count, body.shown, body.controls) == (5, 5, 5) && body.waited >= 600)
            #expect(bench.pool.notices.contains { $0.contains("reserved nothing") })
            #expect(bench.alarms.isEmpty && bench.searches == ["search 200"])
        }
    }

    @Test("one that landed is named and not settled, and none of its DSNs comes into the pool")
    func landed() async throws {
        try await LostReserveBench.with { bench in
            try await bench.lose(.dropAfterCommit)
            try await bench.later()
            #expect(try await bench.pool.account().unknown == 5)
            #expect(try await bench.pool.free() == 5)
            let lost = bench.cloud.devices.dropFirst(5).map(\.dsn.description)
            let alarm = try #require(bench.alarms.last)
            #expect(alarm.contains("5 DSNs that may be the lost ones or another bench's"), "\(alarm)")
            #expect(alarm.contains("(\(lost[0]), \(lost[1]), \(lost[2]), …)") && !alarm.contains(lost[3]), "\(alarm)")
            #expect(alarm.contains("`mintmark dsn import`") && alarm.contains("`mintmark dsn settle`"))
            // The next occasions neither ask nor speak again, and after the pause the cloud is searched once more.
            for _ in 1...3 { await bench.pool.station.refill.once() }
            #expect(bench.searches.count == 1 && bench.alarms.count == 1)
            try await bench.later(.seconds(900))
            #expect(bench.searches.count == 2 && bench.alarms.count == 1)
        }
    }

    @Test("what another bench of the account reserved leaves it open, although nothing landed")
    func otherBench() async throws {
        try await LostReserveBench.with { bench in
            try await bench.lose(.dropBeforeCommit)
            let others = try await bench.proxy.reserve(count: 1, model: PoolBench.model).map(\.dsn)
            // Of another model: no matter.
            _ = try await bench.proxy.reserve(count: 1, model: "AY001MTP2")
            try await bench.later()
            #expect(try await bench.pool.account().unknown == 5)
            #expect(
                bench.alarms.last?.contains("1 DSNs") == true && bench.alarms.last?.contains("\(others[0])") == true)
            #expect(try await bench.pool.station.outside.ledger.read { try $0.dsn(others[0]) } == nil)
        }
    }

    @Test("where the cloud does not list reserved DSNs a list without strangers proves nothing")
    func hidden() async throws {
        try await LostReserveBench.with([]) { bench in
            try await bench.lose(.dropBeforeCommit)
            try await bench.later()
            #expect(try await bench.pool.account().unknown == 5)
            #expect(bench.searches == ["search 200"])
            let alarm = try #require(bench.alarms.last)
            #expect(alarm.contains("of 5 DSNs that are free here it shows 0"), "\(alarm)")
        }
    }

    @Test("an empty pool is no control") func noControl() async throws {
        try await LostReserveBench.with { bench in
            try await bench.lose(.dropBeforeCommit, request: 1)
            try await bench.later()
            #expect(try await bench.pool.account().unknown == 5)
            #expect(bench.searches == ["search 200"])
            #expect(bench.alarms.last?.contains("no DSN is free here") == true)
        }
    }

    @Test("ten minutes long the request may still be worked on, so nobody looks")
    func tooEarly() async throws {
        try await LostReserveBench.with { bench in
            try await bench.lose(.dropBeforeCommit)
            try await bench.later(.seconds(590))
            #expect(bench.searches.isEmpty && bench.alarms.count == 1)
            await #expect { try await bench.pool.station.searchLostReserves(actor: "lead-1") } throws: {
                ($0 as? MintmarkError)?.code == .refused
            }
            try await bench.later(.seconds(20))
            #expect(bench.searches == ["search 200"])
            #expect(try await bench.pool.account().unknown == 0)
        }
    }

    @Test("the running time counts; after a restart from the start, and for a replaced machine nobody knows")
    func age() {
        func lost(_ boot: String?) -> LostReserve {
            LostReserve(
                request: "r", model: "M", count: 5,
                asked: boot.map { ClockReading(boot: $0, monotonic: 700_000_000, wall: 0) })
        }
        func now(_ seconds: Int64) -> ClockReading {
            ClockReading(boot: "this", monotonic: seconds * 1_000_000, wall: 1_773_739_800_000_000)
        }
        #expect(!lost("this").isOver(at: now(1299)) && lost("this").isOver(at: now(1300)))
        #expect(!lost("before").isOver(at: now(599)) && lost("before").isOver(at: now(600)))
        #expect(!lost(nil).isOver(at: now(1_000_000)))
    }

    @Test("several lost replies are settled by one list; one that is too young waits for the next")
    func several() async throws {
        try await LostReserveBench.with(pool: "pool: { low: 20, refill: 5, most: 20 }") { bench in
            try await bench.lose(.dropBeforeCommit)
            for _ in 1...2 {
                bench.cloud.inject(CloudFault(.dropBeforeCommit, at: .reserve))
                await #expect(throws: MintmarkError.self) {
                    try await bench.pool.station.reserve(count: 2, actor: "lead-1")
                }
                try await bench.clock.sleep(until: bench.clock.now + .seconds(400))
            }
            // 800 s, 800 s and 400 s old.
            await bench.pool.station.refill.once()
            #expect(bench.searches == ["search 200"])
            #expect(try await bench.pool.account().unknown == 2)
            #expect(try await bench.pool.free() == 5)
            try await bench.later(.seconds(300))
            #expect(bench.searches.count == 2)
            #expect(try await bench.pool.account().unknown == 0)
            #expect(try await bench.pool.free() == 20)
        }
    }

    @Test("a list of several pages is read to its end")
    func pages() async throws {
        try await LostReserveBench.with(pool: "pool: { low: 150, refill: 60, most: 150 }") { bench in
            try await bench.lose(.dropBeforeCommit, request: 3)
            #expect(try await bench.pool.free() == 120)
            try await bench.later()
            #expect(bench.searches == ["search 200", "search 200"])
            #expect(try await bench.pool.free() == 150)
            let entry = try #require(try bench.pool.entries().first { $0.type == .dsnUnknownDisproved })
            let body = try entry.payload(DSNUnknownDisproved.self)
            #expect((body.shown, body.controls) == (120, 120))
        }
    }

    @Test("a person's look settles in the person's name")
    func person() async throws {
        try await LostReserveBench.with { bench in
            try await bench.lose(.dropBeforeCommit)
            try await bench.clock.sleep(until: bench.clock.now + .seconds(601))
            // Of another module, just now: it comes first in the list and does not hold up the other.
            try await bench.pool.commit([
                EntryDraft(
                    DSNReserveIntent(request: "young", model: "AY000", count: 3), by: EntryContext(actor: "lead-1")),
                EntryDraft(
                    DSNUnknown(request: "young", model: "AY000", count: 3, reason: "cut"),
                    by: EntryContext(actor: "lead-1")),
            ])
            let (findings, early) = try await bench.pool.station.searchLostReserves(actor: "lead-1")
            #expect(early == ["AY000"])
            #expect(findings.count == 1 && findings[0].isProof && findings[0].settled.map(\.count) == [5])
            #expect(try bench.pool.entries().last { $0.type == .dsnUnknownDisproved }?.context.actor == "lead-1")
            await #expect(throws: MintmarkError.self) {
                try await bench.pool.station.searchLostReserves(actor: "lead-1")
            }
        }
    }
}
