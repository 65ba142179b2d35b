// SPDX-License-Identifier: Apache-2.0
internal import GRDB
internal import MintmarkCore

/// Replays all entries into a temporary database and compares it with the stored projections, row by row.
enum ProjectionCheck {
    static func run(_ connection: SQLConnection, _ report: inout VerificationReport) throws(MintmarkError) {
        do {
            // An empty path: SQLite's own temporary file, which goes away with the handle.
            let queue = try LedgerFile.openQueue("", readOnly: false)
            try queue.inDatabase { database in
                let replayed = try SQLConnection(database)
                try replayed.execute("PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF; BEGIN")
                try replayed.execute(Schema.log)
                try ProjectionReplay.create(replayed)
                if let misfit = try ProjectionReplay.replay(connection, into: try Projections(replayed)) {
                    report.projections = .different
                    report.add(
                        misfit.sequence, "entry \(misfit.sequence) does not fit what stands before it: \(misfit.what)")
                } else {
                    for table in Schema.projectionTables { try compare(table, connection, replayed, &report) }
                }
                try replayed.execute("COMMIT")
            }
        } catch { throw LedgerFault.wrap(error, doing: "replaying") }
        try checkFile(connection, &report)
    }

    /// A row that its index does not lead to is there for an auditor and not for the station; a page that no table
    /// leads to held rows once.
    private static func checkFile(
        _ connection: SQLConnection, _ report: inout VerificationReport
    ) throws(MintmarkError) {
        let problems = try connection.prepare("PRAGMA integrity_check(10)")
            .all { row throws(MintmarkError) in row.text(0) }
        for problem in problems where problem != "ok" {
            report.projections = .different
            report.add(nil, "the file's tables, indexes and pages do not agree: \(problem)")
        }
    }

    private static func compare(
        _ table: String, _ stored: SQLConnection, _ replayed: SQLConnection, _ report: inout VerificationReport
    ) throws(MintmarkError) {
        let sql = "SELECT * FROM \(table) NOT INDEXED ORDER BY 1"
        let (left, right) = (try stored.prepare(sql), try replayed.prepare(sql))
        try left.start()
        try right.start()
        defer {
            left.stop()
            right.stop()
        }
        let columns = right.columnCount
        guard left.columnCount == columns else { return different(table, "has other columns", &report) }
        while true {
            switch (try left.next(), try right.next()) {
            case (nil, nil): return
            case (let row?, nil): return different(table, "has \(name(row)), which no entry made", &report)
            case (nil, let row?): return different(table, "lacks \(name(row))", &report)
            case (let row?, let expected?):
                if row.precedes(expected) { return different(table, "has \(name(row)), which no entry made", &report) }
                if expected.precedes(row) { return different(table, "lacks \(name(expected))", &report) }
                guard (0..<columns).allSatisfy({ row.equals(expected, $0) }) else {
                    return different(table, "does not follow from the entries at \(name(expected))", &report)
                }
            }
        }
    }

    private static func different(_ table: String, _ what: String, _ report: inout VerificationReport) {
        report.projections = .different
        report.add(nil, "the projection `\(table)` \(what)")
    }

    private static func name(_ row: SQLRow) -> String { "row \(row.text(0)) (\(row.text(1)))" }
}
