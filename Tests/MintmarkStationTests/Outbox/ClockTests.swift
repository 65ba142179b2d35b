// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkLedger
import TestSupport
import Testing

@testable import MintmarkStation

@Suite("A clock that lost the time", .timeLimit(.minutes(1)))
struct ClockTests {
    private let right = DoubtfulClock.right
    /// As a machine without a battery wakes up.
    private let wrong: Int64 = 946_684_800_000_000
    private let cloud = TakingCloud()

    @Test("nothing is registered until a lead confirms the time; then the dates are right, in the cloud and in the log")
    func confirmed() async throws {
        let clock = DoubtfulClock(wrong)
        let bench = try await PoolBench("", cloud: cloud, clock: clock)
        try await pass(1, bench, clock)
        clock.pass(seconds: 600)
        try await pass(2, bench, clock)
        await bench.station.outbox.drain()
        #expect(await cloud.registered.isEmpty && bench.notices.count == 1)
        #expect(bench.notices.first?.contains("mintmark station confirm-time") == true)
        clock.pass(seconds: 600)
        await #expect { _ = try await bench.station.confirmTime(right, actor: "lead") } throws: {
            ($0 as? MintmarkError)?.what.hasPrefix("this machine's clock shows 2000/01/01 00:20:00 UTC") == true
        }
        #expect(try bench.upload().unsure == 2)
        clock.set(right)
        // Not before somebody vouches for it.
        #expect(try await bench.station.outbox.resume() == 2)
        await bench.station.outbox.drain()
        #expect(await cloud.registered.isEmpty)
        #expect(try await bench.station.confirmTime(right + 60_000_000, actor: "lead") == 2)
        #expect(try bench.upload().unsure == 0)
        #expect(try await bench.station.outbox.resume() == 2)
        await bench.station.outbox.drain()
        let seconds = right / 1_000_000
        #expect(await cloud.registered.map(\.domAt).sorted() == [seconds - 1200, seconds - 600])
        #expect(
            try bench.log().map { String($0.prefix(36)) } == [
                "3,\(seconds - 1200),2026/03/17 09:10:00 UTC", "3,\(seconds - 600),2026/03/17 09:20:00 UTC",
            ])
        let entries = try bench.entries()
        let dated = entries.filter { $0.type == .runDated }
        let results = entries.filter { $0.type == .runResult }
        #expect(dated.map(\.context.ref) == results.map { [$0.stamp.sequence] })
        #expect(try dated.map { try $0.payload(RunDated.self).was } == [946_684_800, 946_685_400])
        #expect(entries.first { $0.type == .clockConfirmed }?.context.actor == "lead")
        #expect(bench.notices.count == 1)
        try await bench.close()
    }

    @Test(
        "who confirmed the clock did so for this clock: after it is set nothing goes, after the next confirmation it does"
    )
    func setAgain() async throws {
        let clock = DoubtfulClock(right)
        let bench = try await PoolBench("", cloud: cloud, clock: clock)
        _ = try await bench.station.confirmTime(right, actor: "lead")
        try await pass(1, bench, clock)
        await bench.station.outbox.drain()
        #expect(await cloud.registered.map(\.domAt) == [right / 1_000_000])
        clock.set(right + 7_200_000_000)
        try await pass(2, bench, clock)
        await bench.station.outbox.drain()
        #expect(await cloud.registered.count == 1)
        _ = try await bench.station.confirmTime(right + 7_200_000_000, actor: "lead")
        await bench.station.outbox.drain()
        #expect(await cloud.registered.map(\.domAt) == [right / 1_000_000, right / 1_000_000 + 7200])
        try await bench.close()
    }

    @Test("once the clock is in step, what waited goes with the next unit, and what has its date right keeps it")
    func synchronised() async throws {
        let clock = DoubtfulClock(right)
        let bench = try await PoolBench("", cloud: cloud, clock: clock)
        try await pass(1, bench, clock)
        clock.set(right + 1_000_000, isSynchronised: true)
        try await pass(2, bench, clock)
        await bench.station.outbox.drain()
        let first = right / 1_000_000
        #expect(await cloud.registered.map(\.domAt).sorted() == [first, first + 1])
        try await bench.close()
    }

    @Test("a clock that is set back dates a unit by the machine's running time, not by the entries that stand still")
    func setBack() async throws {
        let clock = DoubtfulClock(right + 86_400_000_000)
        let bench = try await PoolBench("", cloud: cloud, clock: clock)
        try await pass(1, bench, clock)
        clock.set(right, isSynchronised: true)
        try await pass(2, bench, clock)
        await bench.station.outbox.drain()
        #expect(await Set(cloud.registered.map(\.domAt)) == [right / 1_000_000])
        #expect(await cloud.registered.count == 2)
        try await bench.close()
    }

    @Test("a unit is never dated before what stands in the ledger")
    func floor() async throws {
        let ahead = DoubtfulClock(SystemClock().wall + 86_400_000_000)
        let report = try await VerifyBench(madeBy: ahead).run()
        #expect(try #require(report.runs.first).record.time >= ahead.wall / 1_000_000)
    }

    @Test("a station's clock that nobody vouches for fails no unit in its test, and passes none on an old connection")
    func verified() async throws {
        let ahead = UnsureClock(ahead: 86_400_000_000)
        #expect(try await VerifyBench(clock: ahead, hasCloudsClock: true).run().runs.map(\.outcome) == [.fail])
        #expect(try await VerifyBench(clock: ahead, hasCloudsClock: false).run().runs.map(\.outcome) == [.pass])
        let stays: @Sendable (inout SeenTwin) -> Void = { $0.twin?.connectedAt = "2026-03-17T09:30:00Z" }
        let old = TwinShelf.Flaw(before: stays, after: stays)
        #expect(try await VerifyBench(old, clock: ahead, hasCloudsClock: false).run().runs.map(\.outcome) == [.fail])
    }

    @Test("a cloud on this machine has the same clock: nothing waits, and no date is changed")
    func sameClock() async throws {
        let clock = DoubtfulClock(wrong)
        let bench = try await PoolBench("", cloud: cloud, clock: clock, hasCloudsClock: true)
        try await pass(1, bench, clock)
        await bench.station.outbox.drain()
        #expect(await cloud.registered.map(\.domAt) == [wrong / 1_000_000])
        #expect(try bench.entries().allSatisfy { $0.type != .runDated } && bench.notices.isEmpty)
        try await bench.close()
    }

    @Test("who waits for answers waits for the clock too, and no longer than for the cloud")
    func patience() async throws {
        let clock = DoubtfulClock(right, inStepAt: right + 45_000_000)
        let bench = try await PoolBench("", cloud: cloud, clock: clock)
        try await pass(1, bench, clock)
        await bench.station.outbox.drain(patience: .seconds(30))
        #expect(await cloud.registered.isEmpty && clock.wall == right + 30_000_000)
        await bench.station.outbox.drain(patience: .seconds(30))
        #expect(await !bench.station.outbox.waitsForClock)
        await bench.station.outbox.drain()
        #expect(await cloud.registered.count == 1)
        try await bench.close()
    }

    @Test("what has its date from a good clock does not wait for a doubtful one")
    func dated() async throws {
        let clock = DoubtfulClock(right)
        let bench = try await PoolBench("", cloud: cloud, clock: clock)
        try await bench.commit([try Line.intent(1)])
        try await pass(2, bench, clock)
        #expect(try await bench.station.outbox.resume() == 2)
        await bench.station.outbox.drain()
        #expect(await cloud.registered.map(\.dsn) == [try Line.dsn(1)])
        try await bench.close()
    }

    @Test("a run before the machine was started last keeps its date, and its entry says so")
    func earlierBoot() throws {
        let made = EntryStamp(
            log: "l", station: "s", software: "1", sequence: 7, time: wrong, boot: "b1", monotonic: 5_000_000,
            clock: .unsynced)
        let was = wrong / 1_000_000
        let later = ClockReading(boot: "b2", monotonic: 9_000_000, wall: right)
        #expect(
            RunDated(made, was: was, now: later).json == ["lost": true, "time": .integer(was), "was": .integer(was)])
        let same = ClockReading(boot: "b1", monotonic: 9_000_000, wall: right)
        #expect(RunDated(made, was: was, now: same) == RunDated(time: right / 1_000_000 - 4, was: was))
        // Two seconds are noise.
        #expect(RunDated(made, was: right / 1_000_000 - 2, now: same).time == right / 1_000_000 - 2)
        #expect(RunDated(made, was: .min, now: same).time == right / 1_000_000 - 4)
    }

    /// A unit passes: its run, dated as the station dates it, and what the cloud is to be told.
    private func pass(_ number: Int, _ bench: PoolBench, _ clock: DoubtfulClock) async throws {
        let last = try await bench.lastTime()
        var registration = try Line.registration(number)
        registration.domAt = max(last, clock.wall) / 1_000_000
        var record = ManufacturingRecord(time: registration.domAt, status: .config)
        (record.model, record.dsn, record.mac) = (registration.model, registration.dsn, registration.mac)
        record.hwsig = registration.hwsig
        let context = EntryContext(actor: "op", run: "run-\(number)", unit: registration.dsn.description, slot: "A")
        let opened = RunOpen(kind: .config, template: "t", deployment: "dev", region: "us", isDryRun: false)
        try await bench.commit([EntryDraft(opened, by: context)])
        try await bench.commit([
            EntryDraft(RunResult(outcome: .pass, took: 1, transcript: nil, record: record), by: context),
            EntryDraft(RegisterIntent(request: Line.request(number), registration: registration), by: context),
        ])
        await bench.station.outbox.submit(Line.request(number))
    }
}
