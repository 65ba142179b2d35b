// SPDX-License-Identifier: Apache-2.0
internal import Synchronization

/// Raised once by cancellation, from any thread.
final class StopFlag: Sendable {
    private let flag = Atomic(false)

    var isRaised: Bool { flag.load(ordering: .acquiring) }

    func raise() { flag.store(true, ordering: .releasing) }
}
