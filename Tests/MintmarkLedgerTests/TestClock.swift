// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import Synchronization

/// A clock whose time is what the test says; each look at its wall time moves it on by one microsecond.
final class TestClock: StationClock {
    private struct Times {
        var wall: Int64
        /// Microseconds since the boot.
        var monotonic: Int64 = 1_000_000_000
    }

    let isSynchronised: Bool
    private let times: Mutex<Times>

    init(_ wall: Int64 = 1_773_739_800_000_000, isSynchronised: Bool = true) {
        self.isSynchronised = isSynchronised
        times = Mutex(Times(wall: wall))
    }

    var now: Deadline { ContinuousClock().systemEpoch + .microseconds(times.withLock { $0.monotonic }) }

    var wall: Int64 {
        pass(1)
        return times.withLock { $0.wall }
    }

    /// Both clocks go on.
    func pass(_ microseconds: Int64) {
        times.withLock {
            $0.wall += microseconds
            $0.monotonic += microseconds
        }
    }

    /// Somebody sets the wall clock.
    func set(_ wall: Int64) { times.withLock { $0.wall = wall } }

    /// As long as it takes by the machine's own clock.
    func sleep(until deadline: Deadline) async throws { try await Task.sleep(for: now.duration(to: deadline)) }
}
