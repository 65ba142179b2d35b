// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import TestSupport
import Testing

@testable import MintmarkStation

@Suite("Without a cloud", .timeLimit(.minutes(1)))
struct OfflineTests {
    private let wall: Int64 = 1_773_739_800_000_000

    private func waiting(_ count: Int, hours: Int64) throws -> WaitingRegistrations {
        WaitingRegistrations(count: count, oldest: try Line.dsn(1), since: wall - hours * 3_600_000_000)
    }

    @Test("a limit is reached by units or by hours; the refusal says what waits, since when and what to do")
    func limits() throws {
        let limits = OfflineLimits(units: 10, hours: 12)
        #expect(limits.refusal(of: try waiting(9, hours: 11), at: wall) == nil)
        #expect(limits.refusal(of: WaitingRegistrations(count: 0), at: wall) == nil)
        #expect(OfflineLimits().refusal(of: try waiting(100_000, hours: 900), at: wall) == nil)
        let units = try #require(limits.refusal(of: try waiting(10, hours: 1), at: wall))
        #expect(
            units.what
                == "10 units wait for the cloud, AC000W100000001 since 2026-03-17T08:30:00Z; the station file allows 10 units"
        )
        #expect(units.code == .outboxFull && units.code.exitStatus == .refused)
        #expect(units.next.contains("mintmark register --pending"))
        let hours = try #require(limits.refusal(of: try waiting(1, hours: 12), at: wall))
        #expect(hours.what.hasSuffix("the station file allows 12 hours"))
    }

    @Test("no run begins then; a dry run, which registers nothing, does")
    func stops() async throws {
        let clock = HurriedClock()
        let bench = try await PoolBench("offline: { hours: 2 }", cloud: PoolCloud(), clock: clock)
        _ = try await bench.station.reserve(count: 1, actor: "op")
        try await bench.commit([try Line.intent(1)])
        let order = ProvisionOrder(actor: "op")
        // The port is not there: the run would begin.
        #expect(try await bench.station.provision(order).faults.first?.code == .stationFault)
        try await clock.sleep(until: clock.now + .seconds(7200))
        await #expect { try await bench.station.provision(order) } throws: {
            ($0 as? MintmarkError)?.code == .outboxFull
        }
        let dry = ProvisionOrder(actor: "op", isDryRun: true)
        #expect(try await bench.station.provision(dry).faults.first?.code == .stationFault)
        try await bench.close()
    }

    @Test("a unit in work in another slot counts as one that waits")
    func inWork() async throws {
        let bench = try await PoolBench("offline: { units: 2 }", cloud: PoolCloud())
        _ = try await bench.station.reserve(count: 1, actor: "op")
        let opened = RunOpen(kind: .label, template: "t", deployment: "dev", region: "us", isDryRun: false)
        try await bench.commit([
            try Line.intent(1), EntryDraft(opened, by: EntryContext(actor: "op", run: "run-1", slot: "B")),
        ])
        await #expect { try await bench.station.provision(ProvisionOrder(actor: "op")) } throws: {
            ($0 as? MintmarkError)?.what.contains("1 units wait for the cloud") == true
                && ($0 as? MintmarkError)?.what.contains("and 1 are in work; the station file allows 2 units") == true
        }
        try await bench.close()
    }

    @Test("as many units as wait already go first: runs are refused only if the cloud takes none")
    func sendsFirst() async throws {
        let bench = try await PoolBench("offline: { units: 2 }", cloud: TakingCloud(), clock: SystemClock())
        try await bench.commit([try Line.intent(1), try Line.intent(2)])
        try await bench.station.outbox.resume()
        // No DSN is left, which is asked for next.
        await #expect { try await bench.station.provision(ProvisionOrder(actor: "op")) } throws: {
            ($0 as? MintmarkError)?.code == .poolEmpty
        }
        #expect(try await bench.pending().isEmpty)
        try await bench.close()
    }

    @Test("what a station has to go on with is told in hours, or as unknown")
    func stock() throws {
        let runs = (1...60).map { WorkPace.Run(opened: wall - Int64($0) * 60_000_000, passed: true) }
        let pace = WorkPace(newest: runs, now: wall)
        let stock = StationStock(
            free: 90, waiting: try waiting(12, hours: 3), pace: pace, limits: OfflineLimits(units: 42, hours: 12),
            wall: wall)
        #expect(stock.poolText == "90 free DSNs, 1.5 hours at 60.0 units an hour")
        #expect(
            stock.outboxText
                == "12 units wait for the cloud, the oldest for 3 h; 30 more may wait, 0.5 hours at 60.0 units an hour; runs stop in 9 h"
        )
        #expect(stock.json["free_hours"]?.text == "1.5" && stock.json["stop_s"]?.integer == 32_400)
        let doubtful = StationStock(
            free: nil, waiting: try waiting(12, hours: 3), pace: pace, limits: OfflineLimits(), wall: wall,
            held: 5)
        #expect(
            doubtful.outboxText.hasSuffix(
                "for 3 h; 5 are held while nobody vouches for the clock (`mintmark station confirm-time FILE TIME`)"))
        #expect(doubtful.json["held"]?.integer == 5 && stock.json["held"]?.integer == 0)
        let unknown = StationStock(
            free: 90, waiting: WaitingRegistrations(count: 0), pace: nil, limits: OfflineLimits(), wall: wall)
        #expect(unknown.poolText == "90 free DSNs, pace unknown" && unknown.json["pace"] == nil)
        #expect(unknown.outboxText == "no unit waits for the cloud")
    }

    @Test(
        "a Wi-Fi setup key goes along with its registration and is under one request only; without it nothing is sent")
    func keys() async throws {
        let box = KeyBox(Line.request(1))
        let bench = try await PoolBench("", cloud: PoolCloud(), keys: box.asSetupKeys)
        for number in 1...2 {
            var registration = try Line.registration(number)
            registration.hasSetupKey = true
            let context = EntryContext(actor: "line", unit: registration.dsn.description)
            let result = RegisterResult(request: Line.request(number), dsn: registration.dsn, badge: .refused)
            try await bench.commit([
                EntryDraft(RegisterIntent(request: Line.request(number), registration: registration), by: context),
                EntryDraft(result, by: context),
            ])
        }
        await #expect { try await bench.station.registerAgain([], reason: "r", actor: "l") } throws: {
            ($0 as? MintmarkError)?.what.contains("\((try? Line.dsn(2))?.description ?? "") is lost") == true
        }
        #expect(try await bench.pending().isEmpty)
        _ = try await bench.station.registerAgain([try Line.dsn(1)], reason: "r", actor: "l")
        #expect(try await bench.pending().map(\.request) == box.requests)
        try await bench.close()
    }

    @Test("a refused registration is sent again unchanged, with who, why and what it answers; another is not")
    func again() async throws {
        let bench = try await PoolBench("", cloud: PoolCloud())
        try await bench.commit([try Line.intent(1), try Line.intent(2)])
        let result = RegisterResult(
            request: Line.request(1), dsn: try Line.dsn(1), badge: .refused, status: 422, code: "AFS-608")
        try await bench.commit([EntryDraft(result, by: EntryContext(actor: "outbox"))])
        await #expect { try await bench.station.registerAgain([try Line.dsn(2)], reason: "r", actor: "l") } throws: {
            ($0 as? MintmarkError)?.code == .refused
        }
        await #expect(throws: MintmarkError.self) {
            try await bench.station.registerAgain([], reason: " ", actor: "lead-1")
        }
        let sent = try await bench.station.registerAgain([], reason: "the model was missing", actor: "lead-1")
        #expect(sent == [try Line.dsn(1)])
        let pending = try await bench.pending()
        let again = try #require(pending.last { $0.registration.dsn == sent[0] })
        #expect(again.registration == (try Line.registration(1)))
        #expect(again.context.actor == "lead-1" && again.context.slot == "S1" && again.context.ref.count == 1)
        // It waits now: it is not sent a third time.
        #expect(try await bench.station.registerAgain([], reason: "r", actor: "lead-1").isEmpty)
        try await bench.close()
    }
}
