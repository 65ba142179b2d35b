// SPDX-License-Identifier: Apache-2.0
internal import Glibc
package import MintmarkCore

extension SQLiteLedger {
    /// Takes the ledger's lock, checks file and tail, and records that a session began.
    ///
    /// `software` is the version with the start of the binary's SHA-256, as every entry will show it; `binaryHash` the
    /// whole of it, lower-case hex.
    ///
    /// - Throws: `.ledgerMissing`, `.ledgerLocked` (names the owner), `.ledgerNewer`, `.badStationFile` when the file
    ///   is another station's, `.ledgerRolledBack` and `.ledgerForked` when the head or the mirror kept elsewhere says
    ///   so, `.headMissing`, `.badSecret` when the signing key is not the ledger's, `.ledgerFault`, `.diskFull`.
    package static func open(
        at path: String, station: String, software: String, binaryHash: String, clock: any StationClock,
        signing: HeadSigning? = nil, mirror: MirrorCopier? = nil
    ) async throws -> SQLiteLedger {
        try LedgerFile.checkPresent(path)
        let lock = try LedgerLock(for: path)
        try await mirror?.check()
        // A throw from here on drops the lock, which gives it back.
        let queue = try LedgerFile.openQueue(path, readOnly: false)
        let writer = LedgerWriter(executor: QueueExecutor(label: "mintmark-ledger"), queue: queue, lock: lock)
        do {
            try await writer.open(path: path, station: station, software: software, clock: clock)
            let ledger = SQLiteLedger(writer: writer, mirror: mirror, clock: clock)
            let opened = SessionOpen(
                host: ProcessFacts.host(), pid: Int(getpid()), binary: binaryHash, sqlite: LedgerFile.sqliteVersion)
            // Before the first entry: a ledger that was rolled back or forked gets none.
            try await writer.sign(with: signing, path: path)
            try await ledger.commit { _ in Decision([draft(opened)]) }
            await ledger.startMirror()
            return ledger
        } catch {
            await writer.abandon()
            throw LedgerFault.wrap(error, doing: "opening \(path)")
        }
    }
}
