// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import Synchronization

/// A clock whose wall time is what the test says; each look moves it on by one microsecond.
final class TestClock: StationClock {
    private let time: Mutex<Int64>

    init(_ wall: Int64 = 1_773_739_800_000_000) { time = Mutex(wall) }

    var now: Deadline { .now }

    var wall: Int64 {
        time.withLock {
            $0 += 1
            return $0
        }
    }

    func set(_ wall: Int64) { time.withLock { $0 = wall } }

    func sleep(until deadline: Deadline) async throws { try await Task.sleep(until: deadline, clock: .continuous) }
}
