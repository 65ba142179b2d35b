// SPDX-License-Identifier: Apache-2.0
internal import Synchronization

/// Units that are still to be run, shared by the slots.
final class UnitCounter: Sendable {
    private let left: Mutex<Int>

    init(_ count: Int) { left = Mutex(count) }

    /// False when there is none left.
    func takeOne() -> Bool {
        left.withLock { left in
            guard left > 0 else { return false }
            left -= 1
            return true
        }
    }
}
