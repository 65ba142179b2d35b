// SPDX-License-Identifier: Apache-2.0
import MintmarkCloud
import MintmarkCore
import MintmarkSandbox
import Testing

@testable import MintmarkStation

@Suite("What follows from each answer of the cloud", .timeLimit(.minutes(2)))
struct ReactionTests {
    /// A row of the table, how to bring it about, and the exchange that has to follow.
    struct Row: Sendable, CustomTestStringConvertible {
        let condition: CloudCondition
        let faults: [String]
        let exchanges: [String]
        let entries: [String]

        init(_ condition: CloudCondition, _ faults: [String], _ exchanges: [String], _ entries: [String]) {
            self.condition = condition
            self.faults = faults
            self.exchanges = exchanges
            self.entries = entries.map { ["unknown": "register.unknown"][$0] ?? "register.result \($0)" }
        }

        var testDescription: String { "\(condition.rawValue): \(faults)" }
    }

    static let rows: [Row] = [
        Row(.shown, [], ["provision 200"], ["registered"]),
        Row(.unreadable, ["html@provision"], ["provision 200", "search 200"], ["unknown", "registered"]),
        Row(.redirect, ["redirect@provision"], ["provision 302"], ["refused"]),
        Row(.badRequest, ["status-400@provision"], ["provision 400"], ["refused"]),
        Row(
            .unauthorized, ["status-401@provision#1", "status-401@provision#2"],
            ["provision 401", "refresh 200", "provision 401", "provision 200"], ["registered"]),
        Row(.forbidden, ["status-403@provision"], ["provision 403"], ["refused"]),
        Row(.notFound, ["status-404@provision"], ["provision 404"], ["refused"]),
        Row(.proxyLogin, ["status-407@provision"], ["provision 407", "provision 200"], ["registered"]),
        Row(.notTaken, ["status-408@provision"], ["provision 408", "provision 200"], ["registered"]),
        Row(.notTaken, ["status-425@provision"], ["provision 425", "provision 200"], ["registered"]),
        // Nothing is there although the cloud says so.
        Row(.alreadyThere, ["AFS-606@provision"], ["provision 422", "search 200"], ["quarantined"]),
        Row(.failures, ["AFS-600@provision"], ["provision 422"], ["refused"]),
        Row(.badModel, ["AFS-601@provision"], ["provision 422"], ["refused"]),
        Row(.badCount, ["AFS-602@provision"], ["provision 422"], ["refused"]),
        Row(.poolShort, ["AFS-605@provision"], ["provision 422", "provision 200"], ["registered"]),
        Row(.missingFields, ["AFS-607@provision"], ["provision 422"], ["refused"]),
        Row(.badDate, ["AFS-608@provision"], ["provision 422"], ["refused"]),
        Row(.otherRefusal, ["status-409@provision"], ["provision 409"], ["refused"]),
        Row(.throttled, ["status-429-30@provision"], ["provision 429", "provision 200"], ["registered"]),
        Row(.unavailable, ["status-503-30@provision"], ["provision 503", "provision 200"], ["registered"]),
        Row(
            .serverFault, ["status-500@provision"], ["provision 500", "search 200", "provision 200"],
            ["unknown", "registered"]),
        Row(
            .lost, ["drop-before-commit@provision"], ["provision -", "search 200", "provision 200"],
            ["unknown", "registered"]),
        Row(.lost, ["drop-after-commit@provision"], ["provision -", "search 200"], ["unknown", "registered"]),
        Row(.lost, ["truncated@provision"], ["provision 200", "search 200"], ["unknown", "registered"]),
        Row(.lost, ["oversized-2000000@provision"], ["provision 200", "search 200"], ["unknown", "registered"]),
        Row(
            .signInRefused, ["expire@provision", "status-400@refresh", "status-403@sign-in"],
            ["provision 401", "refresh 400", "sign-in 403", "sign-in 200", "provision 200"], ["registered"]),
        Row(
            .signInFailed, ["expire@provision", "status-503@refresh"],
            ["provision 401", "refresh 503", "provision 401", "refresh 200", "provision 200"], ["registered"]),
    ]

    @Test("a registration takes the course of its row", arguments: rows)
    func course(row: Row) async throws {
        let course = try await ReactionBench.course(row.faults) { _, _, _ in }
        #expect(course.exchanges == row.exchanges)
        #expect(course.entries == row.entries)
        let sends = row.exchanges.filter { $0.hasPrefix("provision") }.count
        switch row.condition.reactions.registration {
        case .compare: #expect(sends == 1 && course.result?.wasFound == false)
        case .refuse: #expect(sends == 1 && course.result?.badge == .refused)
        case .look: #expect(row.exchanges.filter { $0.hasPrefix("search") }.count == 1)
        case .lookAndCompare: #expect(sends == 1)
        case .resend: #expect(sends > 1 && course.waited >= .milliseconds(500))
        case .hold: Issue.record("a sandbox cannot be mistaken for another")
        }
        if row.faults.contains(where: { $0.contains("-30@") }) { #expect(course.waited >= .seconds(30)) }
    }

    @Test("every row that comes over a wire is played")
    func complete() {
        // Without a wire: FaultTests and SandboxMixUpTests. No fault of the virtual cloud gives 204.
        let others: Set<CloudCondition> = [.otherSuccess, .unreachable, .untrusted, .stopped, .mixedUp]
        #expect(Set(Self.rows.map(\.condition)).union(others) == Set(CloudCondition.allCases))
    }

    @Test(
        "a unit that is there already with equal fields is registered, with any other it is set aside and the difference shown",
        arguments: [true, false])
    func alreadyThere(isEqual: Bool) async throws {
        let course = try await ReactionBench.course([]) { _, proxy, registration in
            var other = registration
            if !isEqual { other.hwsig = try HardwareSignature("e32-0210ffffffff") }
            _ = await proxy.register(other, setupKey: nil)
        }
        #expect(course.exchanges == ["provision 422", "search 200"])
        #expect(course.entries == [isEqual ? "register.result registered" : "register.result quarantined"])
        #expect(course.result?.wasFound == true)
        #expect(
            course.result?.text
                == (isEqual ? nil : "hwsig: sent \"e32-021000000001\", shown \"e32-0210ffffffff\""))
    }

    @Test("a look that cannot be taken is repeated until it can, and nothing is sent before it")
    func blind() async throws {
        let course = try await ReactionBench.course(
            ["drop-after-commit@provision", "status-503@search", "status-403@search#2"]
        ) { _, _, _ in }
        #expect(course.exchanges == ["provision -", "search 503", "search 403", "search 200"])
        #expect(course.entries == ["register.unknown", "register.result registered"])
    }
}
