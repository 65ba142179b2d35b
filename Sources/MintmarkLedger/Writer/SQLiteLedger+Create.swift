// SPDX-License-Identifier: Apache-2.0
internal import GRDB
internal import Glibc
package import MintmarkCore

extension SQLiteLedger {
    /// Makes the ledger of a new station: a file of mode 0600 with a random log id and entry 0.
    ///
    /// - Throws: `.badInput` when something lies there already; `.ledgerFault`, `.diskFull`.
    package static func create(
        at path: String, station: String, kind: StationKind, software: String, clock: any StationClock
    ) throws(MintmarkError) {
        let identity = LedgerFile.Identity.new(station: station, kind: kind.rawValue)
        try make(path, log: identity.log) { making throws in try fill(making, identity, software, clock) }
    }

    static func checkAbsent(_ path: String) throws(MintmarkError) {
        for other in [path, path + "-wal"] where FileSystem.exists(other) {
            throw MintmarkError(
                .badInput, "\(other) exists already",
                next: "Choose another `ledger:` in the station file; a ledger is never written over.")
        }
    }

    /// Makes a ledger's file under another name beside, which gets its own by `link`, so it is there whole or not at all.
    static func make(
        _ path: String, log: String, fill: (_ making: String) throws -> Void
    ) throws(MintmarkError) {
        try checkAbsent(path)
        let making = "\(path).\(log.prefix(8)).new"
        let descriptor = try FileSystem.call("open", making) {
            Glibc.open(making, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        }
        Glibc.close(descriptor)
        defer { for name in [making, making + "-wal", making + "-shm"] { unlink(name) } }
        do { try fill(making) } catch { throw LedgerFault.wrap(error, doing: "making \(path)") }
        try FileSystem.call("link", path) { link(making, path) }
        try FileSystem.unlink(making)
        try FileSystem.syncFolder(FileSystem.folder(of: path))
    }

    /// Lays the tables of an empty file, and leaves the transaction open.
    static func lay(_ connection: SQLConnection, _ identity: LedgerFile.Identity) throws(MintmarkError) {
        try Pragmas.setWriter(connection)
        try connection.execute("BEGIN IMMEDIATE")
        try connection.execute(Schema.log)
        try ProjectionReplay.create(connection)
        try connection.prepare("INSERT INTO log (one, id, station, kind, format) VALUES (1,?,?,?,?)").run(
            identity.log, identity.station, identity.kind, Int64(Schema.format))
    }

    private static func fill(
        _ path: String, _ identity: LedgerFile.Identity, _ software: String, _ clock: any StationClock
    ) throws {
        let queue = try LedgerFile.openQueue(path, readOnly: false)
        try queue.inDatabase { database in
            let connection = try SQLConnection(database)
            try lay(connection, identity)
            let stamper = try EntryStamper(
                log: identity.log, station: identity.station, software: software, clock: clock, next: 0, last: 0)
            let appender = try LogAppender(connection, stamper: stamper, tree: MerkleTree())
            appender.lookAtClock()
            try appender.append(draft(LogOpen(kind: identity.kind, format: Schema.format)))
            try appender.seal(since: 0)
            try connection.execute("COMMIT")
            try connection.checkpoint(truncate: true)
        }
        try queue.close()
    }
}
