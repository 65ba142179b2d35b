// SPDX-License-Identifier: Apache-2.0

/// Monotonic time for deadlines, wall time for evidence.
package protocol StationClock: Sendable {
    var now: Deadline { get }
    /// Microseconds since 1970 UTC.
    var wall: Int64 { get }
    func sleep(until deadline: Deadline) async throws
}
