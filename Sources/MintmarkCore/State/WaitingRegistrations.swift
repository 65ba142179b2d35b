// SPDX-License-Identifier: Apache-2.0
/// Units that passed and that the cloud has not answered for yet.
package struct WaitingRegistrations: Sendable, Equatable {
    package let count: Int
    /// The one that waits longest, and since when, in microseconds since 1970 UTC; nil when none waits.
    package let oldest: DSN?
    package let since: Int64?

    package init(count: Int, oldest: DSN? = nil, since: Int64? = nil) {
        self.count = count
        self.oldest = oldest
        self.since = since
    }

    /// How long the oldest has waited, in seconds; 0 when none waits. `wall` is in microseconds since 1970 UTC.
    package func age(at wall: Int64) -> Int64 { since.map { max(0, wall - $0) / 1_000_000 } ?? 0 }
}
