// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// Every attempt, open or ended.
final class RunTable {
    /// How far the run came in what cannot be undone.
    enum Writes: Int64 {
        case nothing, began
        /// All was written and compared before this began.
        case saving
    }

    struct Open {
        let run: String
        let unit: String?
        let writes: Writes
        let entry: Entry
    }

    private let insert: SQLStatement
    private let find: SQLStatement
    private let note: SQLStatement
    private let close: SQLStatement
    private let open: SQLStatement
    private let wrote: SQLStatement
    private let date: SQLStatement
    private let result: SQLStatement

    init(_ connection: SQLConnection) throws(MintmarkError) {
        insert = try connection.prepare(
            """
            INSERT INTO run (open_seq, open_us, run, slot, kind, region, dry_run, actor, batch, unit, wrote)
            VALUES (?,?,?,?,?,?,?,?,?,?,0)
            """)
        find = try connection.prepare("SELECT result_seq IS NULL FROM run WHERE run = ?")
        wrote = try connection.prepare("SELECT wrote FROM run WHERE run = ?")
        note = try connection.prepare(
            """
            UPDATE run SET unit = coalesce(?1, unit), wrote = max(wrote, ?2)
            WHERE run = ?3 AND result_seq IS NULL AND (wrote < ?2 OR unit IS NOT coalesce(?1, unit))
            """)
        close = try connection.prepare(
            """
            UPDATE run SET unit = coalesce(?, unit), result_seq = ?, outcome = ?, error = ?, took_us = ?, unsure = ?
            WHERE run = ? AND result_seq IS NULL
            """)
        date = try connection.prepare("UPDATE run SET dated_s = ?, unsure = 0 WHERE run = ?")
        result = try connection.prepare(
            "SELECT entry.body FROM run JOIN entry ON entry.seq = run.result_seq WHERE run.run = ?")
        open = try connection.prepare(
            """
            SELECT run.run, run.unit, run.wrote, entry.body FROM run JOIN entry ON entry.seq = run.open_seq
            WHERE run.result_seq IS NULL ORDER BY run.open_seq
            """)
    }

    func add(_ opened: RunOpen, by context: EntryContext, at stamp: EntryStamp) throws(MintmarkError) {
        guard let run = context.run else { throw LedgerFault.misfit("a run begins without an id") }
        guard try isOpen(run) == nil else { throw LedgerFault.misfit("run \(run) begins twice") }
        try insert.run(
            stamp.sequence, stamp.time, run, context.slot, opened.kind.rawValue, opened.region,
            opened.isDryRun ? 1 : 0 as Int64, context.actor, context.batch, context.unit)
    }

    /// Nil for a run that never began.
    func isOpen(_ run: String) throws(MintmarkError) -> Bool? {
        try find.first(run) { row throws(MintmarkError) in row.integer(0) == 1 }
    }

    /// What a run that goes on has touched. Entries outside of a run change nothing.
    func note(_ run: String?, unit: String?, writes: Writes) throws(MintmarkError) {
        guard let run else { return }
        try note.run(unit, writes.rawValue, run)
    }

    func writes(of run: String) throws(MintmarkError) -> Writes {
        try wrote.first(run) { row throws(MintmarkError) in Writes(rawValue: row.integer(0)) ?? .began } ?? .nothing
    }

    /// `isUnsure` when nobody vouches for the clock that dates it.
    func end(
        _ run: String, _ result: RunResult, unit: String?, isUnsure: Bool, at sequence: Int64
    ) throws(MintmarkError) {
        try close.run(
            unit, sequence, result.outcome.rawValue, result.error, result.took, isUnsure ? 1 : 0 as Int64, run)
    }

    func date(_ run: String, _ seconds: Int64) throws(MintmarkError) { try date.run(seconds, run) }

    /// The entry that ended the run; nil for one that goes on or that this ledger does not have.
    func result(of run: String) throws(MintmarkError) -> EntryStamp? {
        try result.first(run) { row throws(MintmarkError) in try Entry(bytes: row.array(0)).stamp }
    }

    func openRuns() throws(MintmarkError) -> [Open] {
        try open.all { row throws(MintmarkError) in
            Open(
                run: row.text(0), unit: row.optionalText(1), writes: Writes(rawValue: row.integer(2)) ?? .began,
                entry: try Entry(bytes: row.array(3)))
        }
    }

    static func newest(_ connection: SQLConnection, limit: Int) throws(MintmarkError) -> [RunRecord] {
        try connection.prepare(
            """
            SELECT run, open_us, slot, kind, region, dry_run, actor, batch, unit, outcome, error, took_us
            FROM run ORDER BY open_seq DESC LIMIT ?
            """
        ).all(Int64(limit)) { row throws(MintmarkError) in
            RunRecord(
                run: row.text(0), opened: row.integer(1), slot: row.optionalText(2), kind: try row.choice(3),
                region: row.text(4), isDryRun: row.integer(5) != 0, actor: row.text(6), batch: row.optionalText(7),
                unit: row.optionalText(8), outcome: row.isNull(9) ? nil : try row.choice(9),
                error: row.optionalText(10), took: row.optionalInteger(11))
        }
    }
}
