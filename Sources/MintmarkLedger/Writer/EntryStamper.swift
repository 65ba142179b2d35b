// SPDX-License-Identifier: Apache-2.0
internal import CSQLiteShim
internal import Glibc
internal import MintmarkCore

/// Numbers and times of entries.
struct EntryStamper {
    private let log: String
    private let station: String
    private let software: String
    private let boot: String
    private let clock: any StationClock
    private var state = EntryStamp.ClockState.unsynced
    /// Number of the next entry.
    private(set) var next: Int64
    /// Time of the last entry: none is ever earlier than the one before it.
    private(set) var last: Int64

    init(
        log: String, station: String, software: String, clock: any StationClock, next: Int64, last: Int64
    ) throws(MintmarkError) {
        self.log = log
        self.station = station
        self.software = software
        self.clock = clock
        self.next = next
        self.last = last
        boot = try ProcessFacts.boot()
    }

    /// Asks the kernel, once a commit, whether something keeps its clock in step (`adjtimex`, STA_UNSYNC).
    mutating func lookAtClock() {
        state = mintmark_clock_is_synced() == 1 ? .synced : .unsynced
    }

    mutating func stamp() -> EntryStamp {
        defer { next += 1 }
        last = max(last, clock.wall)
        return EntryStamp(
            log: log, station: station, software: software, sequence: next, time: last, boot: boot,
            monotonic: EntryStamper.monotonic, clock: state)
    }

    /// Microseconds of CLOCK_MONOTONIC.
    private static var monotonic: Int64 {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        return Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1000
    }
}
