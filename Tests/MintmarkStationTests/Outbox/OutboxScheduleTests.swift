// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import TestSupport
import Testing

@testable import MintmarkStation

@Suite("The outbox's schedule")
struct OutboxScheduleTests {
    private let start = Deadline.now

    private func schedule(_ count: Int, pace: OutboxPace = OutboxPace(), seed: UInt64 = 1) throws -> OutboxSchedule {
        var schedule = OutboxSchedule(pace, random: SplitMix64(seed: seed))
        for number in 0..<count { schedule.add(OutboxItem(pending: try Line.pending(number), isUnknown: false)) }
        return schedule
    }

    @Test("a cloud that takes 4 s a call drains at 0.95 of what its width allows, and registrations go in their order")
    func rate() throws {
        var schedule = try schedule(10_000)
        var order: [Int64] = []
        let took = run(&schedule, from: start) { item, now in
            order.append(item.pending.intent)
            return (.settled, now + .seconds(4))
        }
        #expect(order == Array(0..<10_000))
        #expect(took <= .seconds(4 * 10_000) / (0.95 * 64), "\(took)")
    }

    @Test(
        "an outage of 12 hours costs a few calls, and 10,000 units then drain in minutes",
        arguments: 1...5 as ClosedRange<UInt64>)
    func outage(seed: UInt64) throws {
        var schedule = try schedule(10_000, seed: seed)
        var (calls, settled) = (0, Set<String>())
        let back = start + .seconds(12 * 3600)
        let took = run(&schedule, from: start) { item, now in
            calls += 1
            guard now < back else {
                settled.insert(item.pending.request)
                return (.settled, now + .seconds(4))
            }
            return (.again(isUnknown: false, "no connection", retryAfter: nil), now + .seconds(10))
        }
        #expect(settled.count == 10_000)
        #expect(calls < 10_000 + 1000, "seed \(seed): \(calls - 10_000) calls came to nothing")
        let drained = took - .seconds(12 * 3600)
        #expect(drained < .seconds(300 + 4 * 10_000 / 64 + 120), "seed \(seed): \(drained)")
    }

    @Test("nothing is sent before Retry-After is over, whatever waits")
    func retryAfter() throws {
        var schedule = try schedule(200)
        var (isFirst, early) = (true, 0)
        let rest = start + .seconds(90)
        run(&schedule, from: start) { item, now in
            if isFirst {
                isFirst = false
                return (.again(isUnknown: false, "429", retryAfter: .seconds(90)), now)
            }
            if now > start, now < rest { early += 1 }
            return (.settled, now + .seconds(1))
        }
        #expect(early == 0)
    }

    @Test("units that no cloud takes hold up no other, also when the way to the cloud was closed", arguments: [1, 40])
    func poison(every: Int) throws {
        var schedule = try schedule(500)
        var (settled, last) = (0, start)
        run(&schedule, from: start, until: start + .seconds(24 * 3600)) { item, now in
            // The first 70 always fail, more than may be on their way at once.
            guard item.pending.intent >= 70 else {
                return (.again(isUnknown: true, "500", retryAfter: nil), now + .seconds(every))
            }
            settled += 1
            last = now
            return (.settled, now + .seconds(1))
        }
        #expect(settled == 430)
        #expect(last - start < .seconds(240 + 10 * every), "\(last - start)")
    }

    @Test("pauses double up to their limit and differ from station to station")
    func pauses() {
        let pace = OutboxPace()
        let least = (1...12).map { pace.pause(after: $0, jitter: 0) }
        let most = (1...12).map { pace.pause(after: $0, jitter: 1) }
        #expect(Array(most.prefix(9)) == [1, 2, 4, 8, 16, 32, 64, 128, 256].map { Duration.seconds($0) })
        #expect(Array(most.suffix(3)) == [Duration](repeating: .seconds(300), count: 3))
        #expect(zip(least, most).allSatisfy { $0 * 2 == $1 })
        #expect(pace.pause(after: Int.max, jitter: 1) == .seconds(300))
    }

    @Test("fifty stations that failed at once do not come back at once")
    func herd() throws {
        var times: [Duration] = []
        for seed in 0..<50 as Range<UInt64> {
            var schedule = try schedule(20, seed: seed)
            let back = start + .seconds(3600)
            var first: Deadline?
            run(&schedule, from: start, until: start + .seconds(7200)) { _, now in
                guard now >= back else { return (.again(isUnknown: false, "503", retryAfter: nil), now) }
                first = first ?? now
                return (.settled, now + .seconds(1))
            }
            times.append(try #require(first) - back)
        }
        let busiest = Dictionary(grouping: times) { $0.components.seconds / 10 }.values.map(\.count).max() ?? 0
        #expect(busiest <= 25, "\(busiest) of 50 within 10 s")
    }

    /// Plays a schedule: `call` says what a call comes to and when. Returns how long it took until nothing was left.
    @discardableResult
    private func run(
        _ schedule: inout OutboxSchedule, from start: Deadline, until limit: Deadline? = nil,
        call: (OutboxItem, Deadline) -> (OutboxItem.End, Deadline)
    ) -> Duration {
        var now = start
        var calls = DueQueue<(OutboxItem, OutboxItem.End)>()
        while limit.map({ now < $0 }) ?? true {
            var alarm: Deadline?
            turns: while true {
                switch schedule.turn(at: now) {
                case .start(let item):
                    let (end, due) = call(item, now)
                    calls.add((item, end), due: due)
                case .wait(let time):
                    alarm = time
                    break turns
                case .rest: break turns
                }
            }
            guard let next = [alarm, calls.earliest].compactMap(\.self).min() else { break }
            now = max(now, next)
            while let (item, end) = calls.take(at: now) { _ = schedule.end(item, end, at: now) }
        }
        return now - start
    }
}
