// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import Synchronization

/// The clock of a machine that lost the time: the test sets it, and says when something keeps it in step.
final class DoubtfulClock: StationClock {
    /// 2026-03-17T09:30:00Z
    static let right: Int64 = 1_773_739_800_000_000

    private let state: Mutex<(wall: Int64, isSynchronised: Bool)>
    private let passed = Mutex<Int64>(0)
    private let inStepAt: Int64?

    /// `inStepAt`: as soon as it shows this time, microseconds since 1970 UTC, something keeps it in step.
    init(_ wall: Int64, inStepAt: Int64? = nil) {
        state = Mutex((wall, false))
        self.inStepAt = inStepAt
    }

    var now: Deadline { ContinuousClock().systemEpoch + .microseconds(1_000_000_000 + passed.withLock { $0 }) }
    var wall: Int64 { state.withLock { $0.wall } + passed.withLock { $0 } }
    var isSynchronised: Bool { state.withLock { $0.isSynchronised } || inStepAt.map { wall >= $0 } ?? false }

    func pass(seconds: Int64) { passed.withLock { $0 += seconds * 1_000_000 } }

    /// To this time, microseconds since 1970 UTC.
    func set(_ wall: Int64, isSynchronised: Bool = false) {
        let passed = passed.withLock { $0 }
        state.withLock { $0 = (wall - passed, isSynchronised) }
    }

    func sleep(until deadline: Deadline) async throws {
        try Task.checkCancellation()
        let parts = (deadline - now).components
        passed.withLock { $0 += max(0, parts.seconds) * 1_000_000 }
    }
}
