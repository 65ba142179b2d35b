// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import Synchronization

@testable import MintmarkStation

/// A clock on which hours pass in no time: whenever somebody sleeps, time goes on to the next who has to wake.
///
/// It goes on by whole seconds, so that what happens at one time happens together, as in a busy hour. Work in between may find that time has passed meanwhile, as on a busy
/// machine.
final class HurriedClock: StationClock {
    private struct State {
        var now: Deadline
        var sleepers = DueQueue<Int>()
        var waiting: [Int: CheckedContinuation<Void, any Error>] = [:]
        var cancelled: Set<Int> = []
        var numbers = 0
        var isRunning = false
    }

    private let start: Deadline
    private let state: Mutex<State>

    init() {
        start = .now
        state = Mutex(State(now: start))
    }

    var now: Deadline { state.withLock { $0.now } }

    /// Since the clock was made.
    var passed: Duration { now - start }

    var wall: Int64 {
        let passed = now - start
        return 1_773_739_800_000_000 + passed.components.seconds * 1_000_000
            + passed.components.attoseconds / 1_000_000_000_000
    }

    let isSynchronised = true

    func sleep(until deadline: Deadline) async throws {
        let number = state.withLock { state in
            state.numbers += 1
            return state.numbers
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (wake: CheckedContinuation<Void, any Error>) in
                let isOver = state.withLock { state in
                    guard state.cancelled.remove(number) == nil else { return true }
                    state.waiting[number] = wake
                    state.sleepers.add(number, due: deadline)
                    if !state.isRunning {
                        state.isRunning = true
                        Task { await self.hurry() }
                    }
                    return false
                }
                if isOver { wake.resume(throwing: CancellationError()) }
            }
        } onCancel: {
            let wake = state.withLock { state in
                let wake = state.waiting.removeValue(forKey: number)
                if wake == nil { state.cancelled.insert(number) }
                return wake
            }
            wake?.resume(throwing: CancellationError())
        }
    }

    /// Wakes those of one second after those of the other, with a breath for what they do.
    private func hurry() async {
        while true {
            for _ in 0..<20 { await Task.yield() }
            let (woken, isOver) = state.withLock { state -> ([CheckedContinuation<Void, any Error>], Bool) in
                guard let due = state.sleepers.earliest else {
                    state.isRunning = false
                    return ([], true)
                }
                state.now = max(state.now, start + .seconds((due - start).components.seconds + 1))
                var woken: [CheckedContinuation<Void, any Error>] = []
                while let number = state.sleepers.take(at: state.now) {
                    if let wake = state.waiting.removeValue(forKey: number) { woken.append(wake) }
                }
                return (woken, false)
            }
            for wake in woken { wake.resume() }
            if isOver { return }
        }
    }
}
