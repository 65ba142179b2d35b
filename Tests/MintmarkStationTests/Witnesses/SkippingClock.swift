// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import Synchronization

/// A clock on which a sleep takes no time: it is noted, and the clock stands at its end.
final class SkippingClock: StationClock {
    private let state = Mutex((passed: Duration.zero, sleeps: [Duration]()))
    private let start = ContinuousClock.now

    var now: Deadline { start + state.withLock { $0.passed } }
    var wall: Int64 { 1_773_739_800_000_000 + state.withLock { $0.passed.components.seconds } * 1_000_000 }
    let isSynchronised = true
    var sleeps: [Duration] { state.withLock { $0.sleeps } }

    func sleep(until deadline: Deadline) async throws {
        try Task.checkCancellation()
        let time = deadline - now
        state.withLock { $0 = ($0.passed + time, $0.sleeps + [time]) }
    }
}
