// SPDX-License-Identifier: Apache-2.0

/// What the ledger knows of the machine's clock.
package struct LedgerClock: Sendable, Equatable {
    /// The boot in which the machine is now.
    package let boot: String
    /// Time of the last entry, microseconds since 1970 UTC.
    package let last: Int64
    /// Wall time less monotonic time of the clock that a person confirmed in this boot, in microseconds.
    package let confirmed: Int64?

    package init(boot: String, last: Int64, confirmed: Int64?) {
        self.boot = boot
        self.last = last
        self.confirmed = confirmed
    }

    /// Whether a person vouches for this clock: it was not set since.
    package func confirms(_ clock: any StationClock) -> Bool {
        confirmed.map { abs(clock.wall - clock.sinceBoot - $0) <= ClockStep.threshold } ?? false
    }
}

extension LedgerState {
    /// Whether what this clock shows can be believed: something keeps it in step, or a person vouches for it.
    package func trusts(_ clock: any StationClock) throws -> Bool {
        try clock.isSynchronised || self.clock().confirms(clock)
    }
}
