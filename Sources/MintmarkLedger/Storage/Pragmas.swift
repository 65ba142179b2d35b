// SPDX-License-Identifier: Apache-2.0
internal import CSQLiteShim
internal import MintmarkCore

/// The settings of a handle. SQLite ignores a setting it does not like, so each is read back.
enum Pragmas {
    static func setWriter(_ connection: SQLConnection) throws(MintmarkError) {
        try protect(connection)
        try set(connection, "journal_mode", "WAL", reads: "wal")
        // After journal_mode: going to WAL may bring its own default along.
        try set(connection, "synchronous", "FULL", reads: "2")
        try set(connection, "wal_autocheckpoint", "0", reads: "0")
        try set(connection, "temp_store", "MEMORY", reads: "2")
        try set(connection, "cache_size", "-16384", reads: "-16384")
        connection.watchWAL()
    }

    static func setReader(_ connection: SQLConnection) throws(MintmarkError) {
        try protect(connection)
        try set(connection, "query_only", "ON", reads: "1")
    }

    private static func protect(_ connection: SQLConnection) throws(MintmarkError) {
        try configure(connection, SQLITE_DBCONFIG_DEFENSIVE, "defensive mode")
        // Otherwise closing the last handle checkpoints, and nobody would see its result.
        try configure(connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, "no checkpoint on close")
        try set(connection, "mmap_size", "0", reads: "0")
        try set(connection, "trusted_schema", "OFF", reads: "0")
        // Without it INSERT OR REPLACE deletes a row past its delete trigger.
        try set(connection, "recursive_triggers", "ON", reads: "1")
        try set(connection, "foreign_keys", "ON", reads: "1")
        try set(connection, "cell_size_check", "ON", reads: "1")
    }

    private static func configure(
        _ connection: SQLConnection, _ option: Int32, _ name: String
    ) throws(MintmarkError) {
        guard mintmark_db_config_bool(connection.handle, option, 1) == SQLITE_OK else {
            throw LedgerFault.make("this SQLite library does not know \(name)")
        }
    }

    private static func set(
        _ connection: SQLConnection, _ name: String, _ value: String, reads expected: String
    ) throws(MintmarkError) {
        try connection.execute("PRAGMA \(name) = \(value)")
        let found = try connection.text("PRAGMA \(name)") ?? "nothing"
        guard found == expected else {
            throw LedgerFault.make("SQLite keeps \(name) at \(found) where \(value) was set")
        }
    }
}
