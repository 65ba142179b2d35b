// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import Synchronization

/// A clock that stands still until the test lets time pass; who sleeps by it wakes then.
final class StoppedClock: StationClock {
    private struct State {
        var now = ContinuousClock.now
        /// Microseconds since 1970 UTC.
        var wall: Int64 = 1_773_739_800_000_000
        var sleepers: [(deadline: Deadline, wake: CheckedContinuation<Void, any Error>)] = []
    }

    private let state = Mutex(State())
    private let deadlines = AsyncStream.makeStream(of: Deadline.self)

    var now: Deadline { state.withLock { $0.now } }

    var wall: Int64 { state.withLock { $0.wall } }

    let isSynchronised = true

    func sleep(until deadline: Deadline) async throws {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { wake in
                state.withLock { $0.sleepers.append((deadline, wake)) }
                deadlines.continuation.yield(deadline)
                if Task.isCancelled { wakeAll() }
            }
        } onCancel: {
            wakeAll()
        }
    }

    /// Waits until somebody sleeps; until when.
    func nextSleeper() async -> Deadline {
        for await deadline in deadlines.stream { return deadline }
        return now
    }

    func pass(until time: Deadline) {
        state.withLock {
            $0.wall += $0.now.duration(to: time).components.seconds * 1_000_000
            $0.now = time
        }
        for sleeper in wake(until: time) { sleeper.resume() }
    }

    private func wakeAll() {
        for sleeper in wake(until: .now + .seconds(86_400)) { sleeper.resume(throwing: CancellationError()) }
    }

    private func wake(until time: Deadline) -> [CheckedContinuation<Void, any Error>] {
        state.withLock { state in
            defer { state.sleepers.removeAll { $0.deadline <= time } }
            return state.sleepers.filter { $0.deadline <= time }.map(\.wake)
        }
    }
}
