// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkLedger
import TestSupport
import Testing

@testable import MintmarkStation

@Suite("Registrations in a storm", .timeLimit(.minutes(60)))
struct StormTests {
    /// `make soak` sets MINTMARK_STORMS to 100: a million registrations.
    static let seeds =
        0..<(ProcessInfo.processInfo.environment["MINTMARK_STORMS"].flatMap { UInt64($0) } ?? 1)
    private static let outage = Duration.seconds(12 * 3600)

    @Test(
        "after 12 hours without a cloud, and in the storm that follows, none of 10,000 registrations is lost and none doubled, and no doubt takes more than one look, wherever the power goes off",
        arguments: seeds)
    func storm(seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        let (start, clock) = (ContinuousClock.now, HurriedClock())
        let cloud = StormCloud(clock: clock, weather: StormCloud.Weather(backAt: clock.now + Self.outage), seed: seed)
        let station = try await StormStation(units: 10_000, cloud: cloud, clock: clock)
        let most = Self.seeds.count > 1 ? 12 : 2
        var cuts = 0
        while try await !station.session(
            offAfter: cuts < most ? Int.random(in: 1...60_000 / most, using: &random) : nil, seed: seed + UInt64(cuts))
        { cuts += 1 }
        #expect(clock.passed > Self.outage)
        try await check(station, cloud, units: 10_000, "seed \(seed), \(cuts) power cuts")
        say("storm: seed \(seed) took \(ContinuousClock.now - start)")
    }

    @Test(
        "a station that nobody looks after says once that the cloud is gone, hardly calls it, and says when it is back")
    func outage() async throws {
        let (station, cloud) = try await Self.away(units: 1000, seed: 12)
        try await check(station, cloud, units: 1000, "outage")
        // Beside a look and a sending for each there is about one call a minute.
        #expect(await cloud.calls < 2 * 1000 + 1000)
        let notices = await station.notices
        #expect(
            notices == [
                "the cloud takes no registrations (503); 1000 wait and are sent when it is back",
                "the cloud answers again; 999 registrations wait for it",
            ])
    }

    @Test("a unit that waits for the cloud is told of once, however often it is tried")
    func quiet() async throws {
        let (station, cloud) = try await Self.away(units: 2, seed: 13)
        #expect(await cloud.calls > 100)
        #expect(await Array(station.waits.values) == [1, 1])
        // No answer was ever lost, although both are looked up first.
        #expect(await station.badges == [.queued, .registered])
    }

    @Test("a session whose power goes off at its first look ends, and the next one does its work")
    func firstLook() async throws {
        let clock = HurriedClock()
        let cloud = StormCloud(clock: clock, seed: 3)
        let station = try await StormStation(units: 1000, cloud: cloud, clock: clock)
        #expect(try await !station.session(offAfter: 1, seed: 3))
        #expect(await cloud.calls == 0)
        #expect(try await station.session(seed: 4))
        try await check(station, cloud, units: 1000, "first look")
    }

    /// A whole session through 12 hours without a cloud, with nothing else wrong.
    private static func away(units: Int, seed: UInt64) async throws -> (StormStation, StormCloud) {
        let clock = HurriedClock()
        let weather = StormCloud.Weather(
            lostBefore: 0, lostAfter: 0, carriedOutLate: 0, throttled: 0, failed: 0, busyLooks: 0,
            backAt: clock.now + outage)
        let cloud = StormCloud(clock: clock, weather: weather, seed: seed)
        let station = try await StormStation(units: units, cloud: cloud, clock: clock)
        #expect(try await station.session(seed: seed))
        return (station, cloud)
    }

    private func check(_ station: StormStation, _ cloud: StormCloud, units: Int, _ note: String) async throws {
        let path = await station.ledger
        let reader = try LedgerReader(at: path)
        #expect(try LedgerVerifier(at: path).verify(replays: false).isIntact, "\(note)")
        let records = try reader.registrations()
        #expect(records.count == units, "\(note)")
        let devices = await cloud.devices
        var wrong: [String] = []
        for record in records {
            let number = Int(record.dsn.description.suffix(8)) ?? 0
            let expected: UnitRecord.Badge =
                StormCloud.isRefused(number) ? .refused : StormCloud.isAltered(number) ? .quarantined : .registered
            if record.badge != expected { wrong.append("\(record.dsn) is \(record.badge), not \(expected)") }
            if (devices[record.dsn] != nil) != (expected != .refused) {
                wrong.append("\(record.dsn): the cloud differs")
            }
        }
        #expect(wrong == [], "\(note)")
        #expect(try reader.entries(type: .registerResult).count == units, "one result each, \(note)")
        #expect(try reader.refusedRegistrations().count == units / 1000, "\(note)")
        #expect(await cloud.mixUps == [], "\(note)")
        let (looks, doubts) = await (cloud.looks, cloud.doubts)
        let tooMany = looks.filter { $0.value > doubts[$0.key] ?? 0 }
        #expect(tooMany.isEmpty, "\(note)")
        say("storm: \(note): \(looks.values.reduce(0, +)) looks for \(doubts.values.reduce(0, +)) doubts")
    }
}
