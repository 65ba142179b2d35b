// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// The clock that a person confirmed last, and the time of the last entry.
final class ClockTable {
    private let insert: SQLStatement
    private let delete: SQLStatement
    private let find: SQLStatement
    private let last: SQLStatement

    init(_ connection: SQLConnection) throws(MintmarkError) {
        insert = try connection.prepare("INSERT INTO clock (boot, offset_us) VALUES (?,?)")
        delete = try connection.prepare("DELETE FROM clock")
        find = try connection.prepare("SELECT offset_us FROM clock WHERE boot = ?")
        last = try connection.prepare("SELECT t_us FROM entry ORDER BY seq DESC LIMIT 1")
    }

    func confirm(_ body: ClockConfirmed, at stamp: EntryStamp) throws(MintmarkError) {
        let (offset, isTooLong) = body.found.subtractingReportingOverflow(stamp.monotonic)
        guard !isTooLong else { throw LedgerFault.misfit("the clock was confirmed at no time there is") }
        try delete.run()
        try insert.run(stamp.boot, offset)
    }

    /// The clock was set: what a person said of it is about another time.
    func doubt() throws(MintmarkError) { try delete.run() }

    /// Wall time less monotonic time of the clock that was confirmed in this boot, in microseconds.
    func confirmed(in boot: String) throws(MintmarkError) -> Int64? {
        try find.first(boot) { row throws(MintmarkError) in row.integer(0) }
    }

    /// Whether the entry's time is by that clock.
    func confirms(_ stamp: EntryStamp) throws(MintmarkError) -> Bool {
        guard let offset = try confirmed(in: stamp.boot) else { return false }
        let (now, isTooLong) = stamp.time.subtractingReportingOverflow(stamp.monotonic)
        let (apart, isTooFar) = now.subtractingReportingOverflow(offset)
        return !isTooLong && !isTooFar && apart.magnitude <= ClockStep.threshold
    }

    /// Time of the last entry, microseconds since 1970 UTC.
    func lastTime() throws(MintmarkError) -> Int64 {
        try last.first { row throws(MintmarkError) in row.integer(0) } ?? 0
    }
}
