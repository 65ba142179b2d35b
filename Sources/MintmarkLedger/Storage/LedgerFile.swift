// SPDX-License-Identifier: Apache-2.0
internal import CSQLiteShim
internal import GRDB
internal import Glibc
internal import MintmarkCore

/// Opens the database file and makes sure that it is one of ours before anything is changed in it.
enum LedgerFile {
    /// What stands in the `log` table.
    struct Identity: Equatable {
        let log: String
        let station: String
        let kind: String
        /// The tables that follow from the entries are laid as this program lays them.
        let hasOurTables: Bool

        /// A new log's, with a random id.
        static func new(station: String, kind: String) -> Identity {
            var random = SystemRandomNumberGenerator()
            let log = Hex.encode((0..<16).map { _ in UInt8.random(in: 0...255, using: &random) })
            return Identity(log: log, station: station, kind: kind, hasOurTables: true)
        }
    }

    /// - Throws: `.ledgerMissing` when there is no file: a lost ledger is a fault, not a reason to begin a new one.
    static func checkPresent(_ path: String) throws(MintmarkError) {
        guard FileSystem.exists(path) else {
            throw MintmarkError(
                .ledgerMissing, "there is no ledger at \(path)",
                next: "Find the file and put it back. For a new station only: run `mintmark station init`.")
        }
        guard !FileSystem.isFolder(path) else {
            throw MintmarkError(
                .ledgerFault, "\(path) is a folder, not a ledger",
                next: "Of an exported bundle, name its file: \(path)/ledger.sqlite.")
        }
    }

    static func openQueue(_ path: String, readOnly: Bool) throws(MintmarkError) -> DatabaseQueue {
        var configuration = Configuration()
        configuration.readonly = readOnly
        configuration.busyMode = .timeout(2)
        // A transaction that could not be committed is left for the close to drop.
        configuration.allowsUnsafeTransactions = true
        configuration.label = "mintmark-ledger"
        do { return try DatabaseQueue(path: path, configuration: configuration) } catch {
            throw LedgerFault.wrap(error, doing: "opening \(path)")
        }
    }

    /// - Throws: `.ledgerFault` when it is another kind of file; `.ledgerNewer` when a newer program made it and it is to
    ///   be written. To read it is safe: entries, leaves and roots never change.
    static func identify(
        _ connection: SQLConnection, path: String, writes: Bool = false
    ) throws(MintmarkError) -> Identity {
        guard try connection.integer("PRAGMA application_id") == Schema.applicationID else {
            throw MintmarkError(
                .ledgerFault, "\(path) is not a Mintmark ledger", next: "Check `ledger:` in the station file.")
        }
        let version = try connection.integer("PRAGMA user_version") ?? 0
        guard version <= Schema.version || !writes else {
            throw MintmarkError(
                .ledgerNewer, "\(path) has version \(version), this program writes version \(Schema.version)",
                next: "Install the program that made it, or a newer one; reading and verifying work with this one.")
        }
        let tables = try connection.integer("SELECT value FROM meta WHERE name = 'projections'")
        let identity = try connection.prepare("SELECT id, station, kind FROM log").first { row throws(MintmarkError) in
            Identity(
                log: row.text(0), station: row.text(1), kind: row.text(2),
                hasOurTables: version <= Schema.version && tables == Schema.projectionsVersion)
        }
        guard let identity else { throw LedgerFault.make("\(path) does not say which log it is") }
        return identity
    }

    /// Brings a file of an older version to this one. Entries never change.
    static func upgrade(_ connection: SQLConnection) throws(MintmarkError) {
        guard try connection.integer("PRAGMA user_version") == 1 else { return }
        try connection.execute("BEGIN IMMEDIATE")
        try connection.execute(Schema.heads)
        try connection.execute("COMMIT")
    }

    static var sqliteVersion: String { String(cString: sqlite3_libversion()) }
}
