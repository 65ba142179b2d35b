// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

extension LedgerReader {
    /// Writes the manufacturing log: one file a region, `<name>-us.log` and so on, in `folder`, mode 0600.
    ///
    /// A run stands in it when its unit had a DSN, or when the line says pass or fail; a dry run of a `config` station
    /// stands there as `config_test`. All files get their names after all of them are written.
    ///
    /// Format 4 carries the Wi-Fi setup keys that `setupKeys` still holds; the others are wiped, their field is empty.
    ///
    /// - Returns: the files, by region.
    /// - Throws: `.badSecret` when a key cannot be opened; as the other exports.
    @discardableResult
    package func exportManufacturingLog(
        _ format: ManufacturingLogFormat = .v3, _ filter: ExportFilter = .all, to folder: String, name: String,
        setupKeys: SealedSpool? = nil
    ) throws(MintmarkError) -> [ExportedLog] {
        var logs: [(log: ExportedLog, file: ExportFile)] = []
        try snapshot { connection throws(MintmarkError) in
            let keys = try WaitingSetupKeys(format == .v4 ? setupKeys : nil, connection)
            try Self.eachLogRecord(connection, filter) { region, run, record throws(MintmarkError) in
                let index: Int
                if let known = logs.firstIndex(where: { $0.log.region == region }) {
                    index = known
                } else {
                    let path = "\(folder)/\(name)-\(region).log"
                    let file = try ExportFile(path, holdsSecrets: format == .v4)
                    logs.append((ExportedLog(region: region, path: path), file))
                    index = logs.count - 1
                }
                let key = try keys.key(of: run)
                let line = ManufacturingLogLine.text(record, format, keyLength: key?.count ?? 0)
                try logs[index].file.append { buffer in
                    buffer.append(contentsOf: line.utf8)
                    key?.withBytes { buffer.append(contentsOf: $0) }
                    buffer.append(UInt8(ascii: "\n"))
                }
                logs[index].log.lines += 1
                if key != nil { logs[index].log.setupKeys += 1 }
            }
        }
        for (_, file) in logs { try file.sync() }
        for (_, file) in logs { try file.publish() }
        return logs.map(\.log).sorted { $0.region < $1.region }
    }

    /// The ended runs that a manufacturing log tells of, in the order of their results, as its lines tell them.
    static func eachLogRecord(
        _ connection: SQLConnection, _ filter: ExportFilter = .all,
        _ visit: (_ region: String, _ run: String, ManufacturingRecord) throws(MintmarkError) -> Void
    ) throws(MintmarkError) {
        let condition = filter == .all ? "" : "AND (\(ExportFilter.runs))"
        // Sorted by itself: with the bodies beside it the sort would outgrow the memory.
        let runs = try connection.prepare(
            """
            SELECT run.result_seq, run.region, run.dry_run, run.run FROM run LEFT JOIN unit ON unit.hardware = run.unit
            WHERE run.result_seq IS NOT NULL \(condition) ORDER BY run.result_seq
            """)
        let bodies = try connection.prepare("SELECT body FROM entry WHERE seq = ?")
        try filter.each(runs) { row throws(MintmarkError) in
            let result = try bodies.first(row.integer(0)) { row throws(MintmarkError) in
                try Entry(bytes: row.array(0)).payload(RunResult.self)
            }
            guard var record = result?.record else { return }
            if row.integer(2) != 0, record.status == .config { record.status = .configTest }
            guard record.dsn != nil || record.status == .pass || record.status == .fail else { return }
            try visit(row.text(1), row.text(3), record)
        }
    }
}
