// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

extension AuditReport {
    /// The report as HTML, UTF-8.
    package var page: [UInt8] { HTML.page(AuditPage(self).html) }

    /// Writes the page; the path `-` is standard output.
    ///
    /// - Throws: `.ledgerFault` when the folder cannot be written, `.diskFull`.
    package func writePage(to path: String) throws(MintmarkError) {
        try ExportFile.replace(path, with: page)
    }
}
