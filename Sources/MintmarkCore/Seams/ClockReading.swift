// SPDX-License-Identifier: Apache-2.0

/// Both clocks of the machine at one moment.
package struct ClockReading: Sendable, Equatable {
    /// Random id that the kernel makes at each boot.
    package let boot: String
    /// Microseconds since that boot, sleep included.
    package let monotonic: Int64
    /// Microseconds since 1970 UTC.
    package let wall: Int64

    package init(boot: String, monotonic: Int64, wall: Int64) {
        self.boot = boot
        self.monotonic = monotonic
        self.wall = wall
    }

    package init(of clock: any StationClock, boot: String) {
        self.init(boot: boot, monotonic: clock.sinceBoot, wall: clock.wall)
    }
}
