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
            // Sorted by itself: with the bodies beside it the sort would outgrow the memory.
            let runs = try connection.prepare(
                "SELECT result_seq, region, dry_run FROM run WHERE result_seq IS NOT NULL ORDER BY result_seq")
            let bodies = try connection.prepare("SELECT body FROM entry WHERE seq = ?")
            try runs.each { row throws(MintmarkError) in
                let result = try bodies.first(row.integer(0)) { row throws(MintmarkError) in
                    try Entry(bytes: row.array(0)).payload(RunResult.self)
                }
                guard var record = result?.record else { return }
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
