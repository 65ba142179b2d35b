// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import Synchronization

/// The power of one station: goes off at a chosen act (a commit, a send, a call to the cloud) and stays off.
final class PowerSwitch: Sendable {
    private let actsLeft: Mutex<Int?>

    /// Nil: it stays on.
    init(offAfter acts: Int?) { actsLeft = Mutex(acts) }

    var isOff: Bool { actsLeft.withLock { $0.map { $0 <= 0 } ?? false } }

    /// - Throws: `.stationFault` from the chosen act on.
    func act() throws(MintmarkError) {
        let isOff = actsLeft.withLock { left in
            guard let count = left else { return false }
            left = max(0, count - 1)
            return count <= 1
        }
        if isOff { throw MintmarkError(.ledgerFault, "the power is off", next: "Switch it on.") }
    }

    /// As `act`, for a look in the cloud. A look that only fails is tried again, for ever where nothing else is to be
    /// done; this error ends the outbox's work, as a dead process ends it.
    ///
    /// - Throws: `.sandboxMixUp` from the chosen act on.
    func look() throws(MintmarkError) {
        do { try act() } catch { throw MintmarkError(.sandboxMixUp, error.what, next: error.next) }
    }
}
