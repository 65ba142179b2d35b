// SPDX-License-Identifier: Apache-2.0
/// How many units a station passes in an hour of work.
///
/// It is taken from the newest runs, back to eight hours of work. Time without a run counts as work up to half an hour;
/// a longer pause is left out. Dry runs do not count.
package struct WorkPace: Sendable, Equatable {
    /// One run that ended.
    package struct Run: Sendable, Equatable {
        /// Microseconds since 1970 UTC.
        package let opened: Int64
        package let passed: Bool

        package init(opened: Int64, passed: Bool) {
            self.opened = opened
            self.passed = passed
        }
    }

    /// Work that is looked back on, the longest time without a run that still is work, and the least work that says
    /// anything; all in microseconds.
    private static let window: Int64 = 8 * 3_600_000_000
    private static let longestGap: Int64 = 1_800_000_000
    private static let leastWork: Int64 = 600_000_000
    private static let leastUnits = 3

    package let units: Int
    /// Microseconds.
    package let worked: Int64

    /// `runs` are the newest first. Nil with fewer than three units that passed, or less than ten minutes of work:
    /// then the pace is unknown.
    package init?(newest runs: [Run], now: Int64) {
        var (worked, units, later) = (Int64(0), 0, now)
        for run in runs {
            let gap = max(0, later - run.opened)
            let more = gap <= Self.longestGap ? gap : 0
            guard worked + more <= Self.window else { break }
            worked += more
            later = min(later, run.opened)
            if run.passed { units += 1 }
        }
        guard units >= Self.leastUnits, worked >= Self.leastWork else { return nil }
        self.units = units
        self.worked = worked
    }

    /// Units an hour, as `65.0`.
    package var perHour: String { Self.tenths(Int64(units) * 36_000_000_000 / worked) }

    /// Hours of work for so many units, as `6.4`.
    package func hours(for count: Int) -> String {
        Self.tenths(Int64(count) * worked / (Int64(units) * 360_000_000))
    }

    private static func tenths(_ number: Int64) -> String { "\(number / 10).\(number % 10)" }
}
