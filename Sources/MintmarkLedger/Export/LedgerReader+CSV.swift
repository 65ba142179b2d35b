// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

extension LedgerReader {
    /// Writes a table as CSV: a line of names, then a line a row, ended by CR LF. `-` is standard output.
    ///
    /// Takes the same memory however many rows there are.
    ///
    /// - Returns: how many rows.
    @discardableResult
    package func exportCSV(
        _ table: CSVTable, _ filter: ExportFilter = .all, to path: String
    ) throws(MintmarkError) -> Int64 {
        let file = try ExportFile(path)
        try file.append((table.columns.map(\.name).joined(separator: ",") + "\r\n").utf8)
        var count: Int64 = 0
        try snapshot { connection throws(MintmarkError) in
            try checkTables(connection)
            let rows = try connection.prepare(table.sql(filter))
            let columns = rows.columnCount
            try filter.each(rows) { row throws(MintmarkError) in
                try file.append { buffer in
                    for column in 0..<columns {
                        if column > 0 { buffer.append(UInt8(ascii: ",")) }
                        if row.isInteger(column) {
                            buffer.append(contentsOf: String(row.integer(column)).utf8)
                        } else {
                            CSVField.append(row.bytes(column), to: &buffer)
                        }
                    }
                    buffer.append(0x0D)
                    buffer.append(0x0A)
                }
                count += 1
            }
        }
        try file.sync()
        try file.publish()
        return count
    }
}
