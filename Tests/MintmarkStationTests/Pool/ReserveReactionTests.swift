// SPDX-License-Identifier: Apache-2.0
import MintmarkCloud
import MintmarkCore
import MintmarkSandbox
import Testing

@testable import MintmarkStation

@Suite("What follows from each answer to a search for a lost reserve", .timeLimit(.minutes(1)))
struct ReserveReactionTests {
    /// A row of the table, how to bring it about, and the exchange that has to follow.
    struct Row: Sendable {
        let condition: CloudCondition
        let faults: [String]
        let exchanges: [String]

        init(_ condition: CloudCondition, _ faults: [String], _ exchanges: [String]) {
            (self.condition, self.faults, self.exchanges) = (condition, faults, exchanges)
        }
    }

    static let rows: [Row] = [
        Row(.unreadable, ["html@search"], ["search 200"]),
        Row(.redirect, ["redirect@search"], ["search 302"]),
        Row(.badRequest, ["status-400@search"], ["search 400"]),
        Row(
            .unauthorized, ["status-401@search#1", "status-401@search#2"],
            ["search 401", "refresh 200", "search 401"]),
        Row(.forbidden, ["status-403@search"], ["search 403"]),
        Row(.notFound, ["status-404@search"], ["search 404"]),
        Row(.proxyLogin, ["status-407@search"], ["search 407"]),
        Row(.notTaken, ["status-408@search"], ["search 408"]),
        Row(.notTaken, ["status-425@search"], ["search 425"]),
        Row(.alreadyThere, ["AFS-606@search"], ["search 422"]),
        Row(.failures, ["AFS-600@search"], ["search 422"]),
        Row(.badModel, ["AFS-601@search"], ["search 422"]),
        Row(.badCount, ["AFS-602@search"], ["search 422"]),
        Row(.poolShort, ["AFS-605@search"], ["search 422"]),
        Row(.missingFields, ["AFS-607@search"], ["search 422"]),
        Row(.badDate, ["AFS-608@search"], ["search 422"]),
        Row(.otherRefusal, ["status-409@search"], ["search 409"]),
        Row(.throttled, ["status-429-30@search"], ["search 429"]),
        Row(.unavailable, ["status-503-30@search"], ["search 503"]),
        Row(.serverFault, ["status-500@search"], ["search 500"]),
        Row(.lost, ["drop-before-commit@search"], ["search -"]),
        Row(.lost, ["truncated@search"], ["search 200"]),
        Row(.lost, ["oversized-2000000@search"], ["search 200"]),
        Row(
            .signInRefused, ["expire@search", "status-400@refresh", "status-403@sign-in"],
            ["search 401", "refresh 400", "sign-in 403"]),
        Row(.signInFailed, ["expire@search", "status-503@refresh"], ["search 401", "refresh 503"]),
        // It settles, so it is the last.
        Row(.shown, [], ["search 200", "reserve 200"]),
    ]

    @Test("a lost reserve takes the course of each row: one cloud, a session for each")
    func courses() async throws {
        try await LostReserveBench.with { bench in
            try await bench.lose(.dropBeforeCommit)
            try await bench.clock.sleep(until: bench.clock.now + .seconds(601))
            for row in Self.rows {
                let name = "\(row.condition.rawValue): \(row.faults)"
                // Signed in, whatever became of it in the row before.
                _ = try await bench.proxy.devices(of: PoolBench.model, page: 1)
                let (before, told) = (bench.exchanges.count, bench.pool.notices.count)
                let session = bench.session()
                bench.cloud.clearFaults()
                for fault in row.faults { bench.cloud.inject(try CloudFault(text: fault)) }
                await session.once()
                #expect(Array(bench.exchanges.dropFirst(before)) == row.exchanges, "\(name)")
                let notices = Array(bench.pool.notices.dropFirst(told))
                let unknown = try await bench.pool.account().unknown
                #expect(unknown == (row.condition == .shown ? 0 : 5), "\(name)")
                // In the same session, as long as the cloud would answer.
                let alarm = notices.first ?? ""
                bench.cloud.clearFaults()
                switch row.condition.reactions.reserveSearch {
                case .judge: #expect(alarm.contains("reserved nothing"), "\(name): \(notices)")
                case .leave:
                    try await bench.later(.seconds(3600), in: session)
                    #expect(bench.exchanges.count == before + row.exchanges.count, "\(name)")
                    #expect(alarm.hasPrefix("ALARM: ") && alarm.contains("does not offer the search"), "\(name)")
                    #expect(bench.pool.notices.count == told + 1, "\(name)")
                case .later:
                    #expect(notices.count == 1 && alarm.contains("cannot be searched now"), "\(name): \(notices)")
                    bench.cloud.inject(try CloudFault(text: "status-503@search"))
                    await session.once()
                    #expect(bench.exchanges.count == before + row.exchanges.count, "\(name)")
                    try await bench.later(.seconds(61), in: session)
                    #expect(bench.exchanges.last == "search 503", "\(name)")
                case .hold: Issue.record("a sandbox cannot be mistaken for another")
                }
            }
        }
    }

    @Test("every row that comes over a wire is played")
    func complete() {
        // Without a wire: FaultTests and SandboxMixUpTests. No fault of the virtual cloud gives 204.
        let others: Set<CloudCondition> = [.otherSuccess, .unreachable, .untrusted, .stopped, .mixedUp]
        #expect(Set(Self.rows.map(\.condition)).union(others) == Set(CloudCondition.allCases))
    }

    @Test("the end of a session breaks a search off, and nothing is said of it")
    func stopped() async throws {
        try await LostReserveBench.with { bench in
            try await bench.lose(.dropBeforeCommit)
            try await bench.clock.sleep(until: bench.clock.now + .seconds(601))
            let told = bench.pool.notices.count
            bench.cloud.inject(try CloudFault(text: "half-open@search"))
            let session = bench.session()
            await session.wake()
            while bench.searches.isEmpty { await Task.yield() }
            await session.stop()
            #expect(bench.pool.notices.count == told)
            #expect(try await bench.pool.account().unknown == 5)
        }
    }
}
