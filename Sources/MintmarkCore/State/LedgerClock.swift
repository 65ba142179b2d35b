// SPDX-License-Identifier: Apache-2.0

/// What the ledger knows of the machine's clock.
package struct LedgerClock: Sendable, Equatable {
    /// The boot in which the machine is now.
    package let boot: String
    /// Time of the last entry, microseconds since 1970 UTC: nothing is dated before it.
    package let last: Int64
    /// Whether a person confirmed the clock in this boot and it was not set since.
    package let isConfirmed: Bool

    package init(boot: String, last: Int64, isConfirmed: Bool) {
        self.boot = boot
        self.last = last
        self.isConfirmed = isConfirmed
    }
}
