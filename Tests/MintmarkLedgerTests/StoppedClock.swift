// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import Synchronization

/// A clock that stands still until the test lets time pass; who sleeps by it wakes then.
final class StoppedClock: StationClock {
    private struct State {
        var now = ContinuousClock.now
        /// Microseconds since 1970 UTC.
        var wall: Int64 = 1_773_739_800_000_000
        var sleepers: [(deadline: Deadline, wake: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())
    private let deadlines = AsyncStream.makeStream(of: Deadline.self)

    var now: Deadline { state.withLock { $0.now } }

    var wall: Int64 { state.withLock { $0.wall } }

    func sleep(until deadline: Deadline) async throws {
        await withCheckedContinuation { wake in
            state.withLock { $0.sleepers.append((deadline, wake)) }
            deadlines.continuation.yield(deadline)
        }
    }

    /// Waits until somebody sleeps; until when.
    func nextSleeper() async -> Deadline {
        for await deadline in deadlines.stream { return deadline }
        return now
    }

    func pass(until time: Deadline) {
        let woken = state.withLock { state in
            state.wall += state.now.duration(to: time).components.seconds * 1_000_000
            state.now = time
            let woken = state.sleepers.filter { $0.deadline <= time }
            state.sleepers.removeAll { $0.deadline <= time }
            return woken
        }
        for sleeper in woken { sleeper.wake.resume() }
    }

    deinit { for sleeper in state.withLock({ $0.sleepers }) { sleeper.wake.resume() } }
}
