// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// Numbers and times of entries.
struct EntryStamper {
    /// Wall time less monotonic time, in microseconds, inside one boot: only setting the clock changes it.
    struct Offset {
        let boot: String
        let value: Int64
    }

    private let log: String
    private let station: String
    private let software: String
    private let boot: String
    private let clock: any StationClock
    private var state = EntryStamp.ClockState.unsynced
    private var offset: Int64?
    /// Number of the next entry.
    private(set) var next: Int64
    /// Time of the last entry: none is ever earlier than the one before it.
    private(set) var last: Int64
    /// The wall clock was set, and no entry tells it yet.
    private(set) var step: ClockStep?

    /// `offset` is that of the log's last entry; one of another boot says nothing.
    init(
        log: String, station: String, software: String, clock: any StationClock, next: Int64, last: Int64,
        offset: Offset? = nil
    ) throws(MintmarkError) {
        self.log = log
        self.station = station
        self.software = software
        self.clock = clock
        self.next = next
        self.last = last
        boot = try ProcessFacts.boot()
        if let offset, offset.boot == boot { self.offset = offset.value }
    }

    /// Once a commit: asks whether something keeps the wall clock in step, and compares it with the monotonic one.
    mutating func lookAtClock() {
        state = clock.isSynchronised ? .synced : .unsynced
        let (wall, since) = (clock.wall, clock.sinceBoot)
        guard let before = offset else {
            offset = wall - since
            return
        }
        let expected = before + since
        step = abs(wall - expected) > ClockStep.threshold ? ClockStep(expected: expected, found: wall) : nil
    }

    /// An entry tells the step: from here on the clock as it is now is the right one.
    mutating func tellStep() {
        if let step { offset = step.found - (step.expected - (offset ?? 0)) }
        step = nil
    }

    mutating func stamp() -> EntryStamp {
        defer { next += 1 }
        let wall = clock.wall
        last = max(last, wall)
        return EntryStamp(
            log: log, station: station, software: software, sequence: next, time: last, boot: boot,
            monotonic: clock.sinceBoot, clock: last - wall > ClockStep.threshold ? .stepped : state)
    }
}
