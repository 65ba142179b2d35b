// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

extension LedgerReader {
    /// Writes the manufacturing log, format 3: one file a region, `<name>-us.log` and so on, in `folder`.
    ///
    /// A run stands in it when its unit had a DSN, or when the line says pass or fail; a dry run of a `config` station
    /// stands there as `config_test`. All files get their names after all of them are written.
    ///
    /// - Returns: paths of the files, by region.
    @discardableResult
    package func exportManufacturingLog(
        to folder: String, name: String
    ) throws(MintmarkError) -> [(region: String, path: String)] {
        var files: [(region: String, path: String, file: ExportFile)] = []
        try snapshot { connection throws(MintmarkError) in
            let results = try connection.prepare(
                """
                SELECT entry.body, run.region, run.dry_run FROM run JOIN entry ON entry.seq = run.result_seq
                ORDER BY run.result_seq
                """)
            try results.each { row throws(MintmarkError) in
                var record = try Entry(bytes: row.array(0)).payload(RunResult.self).record
                if row.integer(2) != 0, record.status == .config { record.status = .configTest }
                guard record.dsn != nil || record.status == .pass || record.status == .fail else { return }
                let region = row.text(1)
                let line = ManufacturingLogLine.text(record) + "\n"
                if let known = files.first(where: { $0.region == region }) { return try known.file.append(line.utf8) }
                let path = "\(folder)/\(name)-\(region).log"
                let file = try ExportFile(path)
                try file.append(line.utf8)
                files.append((region, path, file))
            }
        }
        for (_, _, file) in files { try file.sync() }
        for (_, _, file) in files { try file.publish() }
        return files.map { ($0.region, $0.path) }.sorted { $0.0 < $1.0 }
    }
}
