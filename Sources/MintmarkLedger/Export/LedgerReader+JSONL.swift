// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

extension LedgerReader {
    /// Writes every entry as stored, one a line: what was hashed, byte for byte. `-` is standard output.
    ///
    /// - Returns: how many entries.
    @discardableResult
    package func exportJSONL(to path: String) throws(MintmarkError) -> Int64 {
        let file = try ExportFile(path)
        var count: Int64 = 0
        try snapshot { connection throws(MintmarkError) in
            let entries = try connection.prepare("SELECT body FROM entry ORDER BY seq")
            try entries.each { row throws(MintmarkError) in
                try file.append { buffer in
                    buffer.append(contentsOf: row.bytes(0))
                    buffer.append(UInt8(ascii: "\n"))
                }
                count += 1
            }
        }
        try file.sync()
        try file.publish()
        return count
    }
}
