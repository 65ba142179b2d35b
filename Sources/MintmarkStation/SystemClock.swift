// SPDX-License-Identifier: Apache-2.0
internal import CTimex
internal import Glibc
package import MintmarkCore

/// The machine's clocks.
package struct SystemClock: StationClock {
    package init() {}

    package var now: Deadline { .now }

    /// By `clock_gettime(CLOCK_REALTIME)`.
    package var wall: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }

    /// By the greatest error that the kernel counts with (`adjtimex`): it grows to 16 s where nothing keeps the clock.
    /// STA_UNSYNC does not say it: chrony leaves it set unless the kernel is to keep the hardware clock too.
    ///
    /// Source: systemd, `ntp_synced` in src/basic/time-util.c.
    package var isSynchronised: Bool {
        var query = timex()
        return adjtimex(&query) >= 0 && query.maxerror < 16_000_000
    }

    package func sleep(until deadline: Deadline) async throws {
        try await Task.sleep(until: deadline, clock: .continuous)
    }
}
