// SPDX-License-Identifier: Apache-2.0
internal import CSQLiteShim
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

    /// Whether something keeps the machine's clock in step, as the kernel says (`adjtimex`).
    package static var isClockSynced: Bool { mintmark_clock_is_synced() != 0 }
}
