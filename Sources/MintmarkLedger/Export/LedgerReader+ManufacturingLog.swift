// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

extension LedgerReader {
    /// Writes the manufacturing log: one file a region, `<name>-us.log` and so on, in `folder`, mode 0600.
    ///
    /// `LoggedRunTable` says which runs stand in it. All files get their names after all of them are written.
    ///
    /// Format 4 carries the Wi-Fi setup keys that `setupKeys` still holds; the others are wiped, their field is empty.
    ///
    /// Only runs that `isWanted`, asked by their UUIDv7, stand in it.
    ///
    /// - Returns: the files, by region.
    /// - Throws: `.badSecret` when a key cannot be opened; as the other exports.
    @discardableResult
    package func exportManufacturingLog(
        _ format: ManufacturingLogFormat = .v3, _ filter: ExportFilter = .all, to folder: String, name: String,
        setupKeys: SealedSpool? = nil, where isWanted: (_ run: String) -> Bool = { _ in true }
    ) throws(MintmarkError) -> [ExportedLog] {
        var logs: [(log: ExportedLog, file: ExportFile)] = []
        try snapshot { connection throws(MintmarkError) in
            try checkTables(connection)
            let keys = try WaitingSetupKeys(format == .v4 ? setupKeys : nil, connection)
            try LoggedRunTable(connection).each(filter) { run throws(MintmarkError) in
                guard isWanted(run.run) else { return }
                let index: Int
                if let known = logs.firstIndex(where: { $0.log.region == run.region }) {
                    index = known
                } else {
                    let path = "\(folder)/\(name)-\(run.region).log"
                    let file = try ExportFile(path, holdsSecrets: format == .v4)
                    logs.append((ExportedLog(region: run.region, path: path), file))
                    index = logs.count - 1
                }
                let key = try keys.key(of: run.run)
                let line = ManufacturingLogLine.text(run.record, format, keyLength: key?.count ?? 0)
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
}
