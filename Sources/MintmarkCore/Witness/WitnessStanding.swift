// SPDX-License-Identifier: Apache-2.0

/// How far a witness has come with a log, as the log's ledger knows.
package struct WitnessStanding: Sendable, Equatable {
    /// Entries under the newest head that it cosigned; 0 before the first.
    package let size: Int64
    /// When the oldest head behind that was signed, µs since 1970; nil when there is none.
    package let waitingSince: Int64?

    package init(size: Int64, waitingSince: Int64?) {
        self.size = size
        self.waitingSince = waitingSince
    }
}
