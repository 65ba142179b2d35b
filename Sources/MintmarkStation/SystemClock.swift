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

    /// By `adjtimex`, which tells it of the kernel's clock whoever keeps it.
    package var isSynchronised: Bool {
        var query = timex()
        let state = adjtimex(&query)
        return state >= 0 && state != TIME_ERROR
    }

    package func sleep(until deadline: Deadline) async throws {
        try await Task.sleep(until: deadline, clock: .continuous)
    }
}
