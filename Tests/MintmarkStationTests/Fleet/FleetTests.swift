// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

@Suite("A fleet of stations", .timeLimit(.minutes(30)))
struct FleetTests {
    /// `make crash` sets MINTMARK_FLEETS to 100.
    static let seeds = 0..<(ProcessInfo.processInfo.environment["MINTMARK_FLEETS"].flatMap { UInt64($0) } ?? 4)

    @Test(
        "no DSN on two units, no unit with two DSNs and every DSN accounted for, whatever is cut, lost, burned or returned",
        arguments: seeds)
    func rules(seed: UInt64) async throws {
        let stations = [1, 8, 3, 2, 5, 4, 7, 6][Int(seed % 8)]
        let fleet = try Fleet(stations: stations, units: 2 * stations + 2, seed: seed)
        try await fleet.start()
        for _ in 0..<max(12, 40 / stations) { try await fleet.round() }
        let violations = try await fleet.violations()
        let achieved = await fleet.achieved
        say("fleet: seed \(seed), \(stations) stations: \(achieved)")
        #expect(violations == [], "seed \(seed)")
        #expect(achieved.labelled > 0, "seed \(seed)")
    }
}
