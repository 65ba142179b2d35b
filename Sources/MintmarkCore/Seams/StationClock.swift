// SPDX-License-Identifier: Apache-2.0

/// Monotonic time for deadlines, wall time for evidence.
package protocol StationClock: Sendable {
    var now: Deadline { get }
    /// Microseconds since 1970 UTC.
    var wall: Int64 { get }
    /// Whether something keeps the wall clock in step.
    var isSynchronised: Bool { get }
    func sleep(until deadline: Deadline) async throws
}

extension StationClock {
    /// Microseconds since the boot, sleep included.
    package var sinceBoot: Int64 {
        let parts = ContinuousClock().systemEpoch.duration(to: now).components
        return parts.seconds * 1_000_000 + parts.attoseconds / 1_000_000_000_000
    }
}
