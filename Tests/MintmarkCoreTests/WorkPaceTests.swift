// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import Testing

@Suite("Pace of work")
struct WorkPaceTests {
    private let minute: Int64 = 60_000_000

    /// Runs that began so many minutes before now, the newest first, all of them passed.
    private func measured(_ minutes: [Int64], failed: Set<Int> = []) -> WorkPace? {
        let now: Int64 = 1_773_739_800_000_000
        let runs = minutes.enumerated().map {
            WorkPace.Run(opened: now - $1 * minute, passed: !failed.contains($0))
        }
        return WorkPace(newest: runs, now: now)
    }

    @Test("units an hour and hours for a pool, in tenths")
    func steady() throws {
        let pace = try #require(measured((1...60).map { Int64($0) }))
        #expect(pace.perHour == "60.0")
        #expect(pace.hours(for: 90) == "1.5")
        #expect(pace.hours(for: 0) == "0.0")
    }

    @Test("a pause of more than half an hour is no work; a night neither")
    func pauses() throws {
        let pace = try #require(measured([600, 605, 610, 650, 655, 660].map { Int64($0) }))
        #expect(pace.worked == 20 * minute)
        #expect(pace.units == 6 && pace.perHour == "18.0")
    }

    @Test("only the last eight hours of work count")
    func window() throws {
        let pace = try #require(measured((1...2000).map { Int64($0) }))
        #expect(pace.units == 480 && pace.worked == 480 * minute)
    }

    @Test("unknown with fewer than three units that passed, or less than ten minutes of work")
    func unknown() {
        #expect(measured([]) == nil)
        #expect(measured([5, 10, 15, 20], failed: [0, 1]) == nil)
        #expect(measured([1, 2, 3]) == nil)
        #expect(measured([5, 10, 15, 20], failed: [0]) != nil)
    }

    @Test("a clock that was set back makes no negative work")
    func setBack() throws {
        #expect(try #require(measured([-30, 5, 10, 15])).worked == 15 * minute)
    }
}
