// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

extension LedgerReader {
    /// Writes entries as stored, one a line: what was hashed, byte for byte. `-` is standard output.
    ///
    /// Without a filter that is the evidence. With one it is a selection for reading: the root follows from all entries
    /// only. Each entry is chosen by itself: by its time, by the batch it names, by its run's outcome, and for a DSN as
    /// everything about that unit under any of its names.
    ///
    /// - Returns: how many entries.
    @discardableResult
    package func exportJSONL(_ filter: ExportFilter = .all, to path: String) throws(MintmarkError) -> Int64 {
        let file = try ExportFile(path)
        var count: Int64 = 0
        try snapshot { connection throws(MintmarkError) in
            let write = { (row: SQLRow) throws(MintmarkError) in
                try file.append { buffer in
                    buffer.append(contentsOf: row.bytes(0))
                    buffer.append(UInt8(ascii: "\n"))
                }
                count += 1
            }
            if filter == .all {
                try connection.prepare("SELECT body FROM entry ORDER BY seq").each(visit: write)
            } else {
                try checkTables(connection)
                try Self.select(filter, connection, write)
            }
        }
        try file.sync()
        try file.publish()
        return count
    }

    private static func select(
        _ filter: ExportFilter, _ connection: SQLConnection, _ visit: (SQLRow) throws(MintmarkError) -> Void
    ) throws(MintmarkError) {
        let name = filter.dsn?.description
        let unit = try name.flatMap { name throws(MintmarkError) in try UnitTable(connection).unit(named: name) }
        let window = try unit.map { unit throws(MintmarkError) in try UnitWindow(connection, unit: unit) }
        // NULL switches a condition off.
        try connection.prepare(
            """
            SELECT body FROM entry WHERE seq >= ?1 AND seq < ?2 AND (?3 IS NULL OR t_us >= ?3)
              AND (?4 IS NULL OR t_us < ?4)
              AND (?5 IS NULL OR iif(json_valid(body), json_extract(body, '$.batch'), NULL) = ?5)
              AND (?6 IS NULL OR run IN (SELECT run FROM run WHERE outcome = ?6))
              AND (?7 IS NULL OR unit IN (?7, ?8, ?9) OR run IN (SELECT run FROM run WHERE unit = ?8)) ORDER BY seq
            """
        ).each(
            window?.first ?? 0, window?.end ?? Int64.max, filter.period.since, filter.period.until, filter.batch,
            filter.outcome?.rawValue, name, unit?.hardware, unit?.mac, visit: visit)
    }
}
