// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

extension SQLiteLedger {
    /// Whether the ledger is there and no process writes it: takes its lock and gives it back.
    ///
    /// - Throws: `.ledgerMissing`, `.ledgerLocked` naming the owner, `.ledgerNewer`, `.ledgerFault`.
    package static func probe(_ path: String) throws(MintmarkError) {
        _ = try LedgerReader(at: path, acceptsNewer: false).summary()
        try LedgerLock(for: path).release()
    }

    /// - Throws: `.ledgerMissing` when there is no file.
    package static func checkPresent(_ path: String) throws(MintmarkError) { try LedgerFile.checkPresent(path) }
}
