// SPDX-License-Identifier: Apache-2.0

/// What the ledger adds to a draft: where it stands, when it was taken and what wrote it.
package struct EntryStamp: Sendable, Equatable {
    package enum ClockState: String, Sendable {
        /// Something keeps the wall clock in step.
        case synced
        case unsynced
        /// The wall clock was set back: `time` stands still until the clock has caught up with it.
        case stepped
    }

    /// Random id of the log, from `station init`; lower-case hex.
    package var log: String
    /// The station's name.
    package var station: String
    /// Version of the software, `+`, first 12 hex digits of the SHA-256 of its binary.
    package var software: String
    /// Dense, from 0.
    package var sequence: Int64
    /// Microseconds since 1970 UTC.
    package var time: Int64
    /// Boot id of the machine; `monotonic` counts microseconds since that boot, sleep included.
    package var boot: String
    package var monotonic: Int64
    package var clock: ClockState

    package init(
        log: String, station: String, software: String, sequence: Int64, time: Int64, boot: String, monotonic: Int64,
        clock: ClockState
    ) {
        self.log = log
        self.station = station
        self.software = software
        self.sequence = sequence
        self.time = time
        self.boot = boot
        self.monotonic = monotonic
        self.clock = clock
    }
}
