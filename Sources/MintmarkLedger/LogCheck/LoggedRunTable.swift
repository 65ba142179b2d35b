// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// The ended runs that a manufacturing log tells of, as its lines tell them.
///
/// A run stands in the log when its unit had a DSN, or when the line says pass or fail; a dry run of a `config` station
/// stands there as `config_test`.
struct LoggedRunTable {
    private static let columns = "run.open_seq, run.run, run.region, run.dry_run, run.result_seq, run.dated_s"

    private let connection: SQLConnection
    private let byOpening: SQLStatement
    private let bodies: SQLStatement

    init(_ connection: SQLConnection) throws(MintmarkError) {
        self.connection = connection
        byOpening = try connection.prepare("SELECT \(Self.columns) FROM run WHERE open_seq = ?")
        bodies = try connection.prepare("SELECT body FROM entry WHERE seq = ?")
    }

    /// Visits the runs in the order of their results; of those that `isWanted` refuses by their opening no body is read.
    func each(
        _ filter: ExportFilter = .all, where isWanted: (Int64) -> Bool = { _ in true },
        _ visit: (LoggedRun) throws(MintmarkError) -> Void
    ) throws(MintmarkError) {
        let condition = filter == .all ? "" : "AND (\(ExportFilter.runs))"
        // Sorted by itself: with the bodies beside it the sort would outgrow the memory.
        let runs = try connection.prepare(
            """
            SELECT \(Self.columns) FROM run LEFT JOIN unit ON unit.hardware = run.unit
            WHERE run.result_seq IS NOT NULL \(condition) ORDER BY run.result_seq
            """)
        try filter.each(runs) { row throws(MintmarkError) in
            guard isWanted(row.integer(0)), let run = try run(row) else { return }
            try visit(run)
        }
    }

    /// The run that this entry opened; nil when no line tells of it.
    func run(openedBy sequence: Int64) throws(MintmarkError) -> LoggedRun? {
        try byOpening.first(sequence) { row throws(MintmarkError) in try run(row) } ?? nil
    }

    private func run(_ row: SQLRow) throws(MintmarkError) -> LoggedRun? {
        let result = try bodies.first(row.integer(4)) { row throws(MintmarkError) in
            try Entry(bytes: row.array(0)).payload(RunResult.self)
        }
        guard var record = result?.record else { return nil }
        record.time = row.optionalInteger(5) ?? record.time
        if row.integer(3) != 0, record.status == .config { record.status = .configTest }
        guard record.dsn != nil || record.status == .pass || record.status == .fail else { return nil }
        return LoggedRun(opened: row.integer(0), run: row.text(1), region: row.text(2), record: record)
    }
}
