// SPDX-License-Identifier: Apache-2.0
internal import CSQLiteShim
internal import GRDB
internal import MintmarkCore

/// One open handle. Used from one thread at a time.
///
/// A statement that fails leaves its error in `fault`: whoever catches the error on the way up, the writer sees
/// that storage failed and commits nothing more.
final class SQLConnection {
    let database: Database
    let handle: OpaquePointer
    private(set) var fault: MintmarkError?
    /// Pages in the write-ahead log after the last commit.
    fileprivate(set) var walPages: Int32 = 0

    init(_ database: Database) throws(MintmarkError) {
        self.database = database
        guard let handle = database.sqliteConnection else { throw LedgerFault.make("the ledger is closed") }
        self.handle = handle
    }

    /// Starts counting the pages of the write-ahead log.
    func watchWAL() {
        sqlite3_wal_hook(
            handle,
            { context, _, _, pages in
                if let context { Unmanaged<SQLConnection>.fromOpaque(context).takeUnretainedValue().walPages = pages }
                return SQLITE_OK
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    func prepare(_ sql: String) throws(MintmarkError) -> SQLStatement { try SQLStatement(self, sql) }

    /// Runs statements that are used once.
    func execute(_ sql: String) throws(MintmarkError) {
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw fail(sql) }
    }

    /// Ends a transaction that only read. A damaged page makes SQLite end it by itself; what was read stays true.
    func leaveTransaction() throws(MintmarkError) {
        if sqlite3_get_autocommit(handle) == 0 { try execute("ROLLBACK") }
    }

    /// First column of the first row; nil when there is no row or the value is NULL.
    func integer(_ sql: String) throws(MintmarkError) -> Int64? {
        try prepare(sql).first { row throws(MintmarkError) in row.optionalInteger(0) } ?? nil
    }

    func text(_ sql: String) throws(MintmarkError) -> String? {
        try prepare(sql).first { row throws(MintmarkError) in row.optionalText(0) } ?? nil
    }

    /// Moves pages from the write-ahead log into the file without waiting for anybody, or with `truncate` empties it.
    ///
    /// A reader that stands in the way is no error. Everything else is: what was not synced here is not on disk.
    func checkpoint(truncate: Bool = false) throws(MintmarkError) {
        let mode = truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE
        let code = sqlite3_wal_checkpoint_v2(handle, nil, mode, nil, nil)
        guard code & 0xFF == SQLITE_OK || code & 0xFF == SQLITE_BUSY else { throw fail("checkpointing") }
        walPages = 0
    }

    /// The error of the last call on this handle, kept in `fault`.
    func fail(_ what: String) -> MintmarkError {
        let error = LedgerFault.sqlite(
            sqlite3_extended_errcode(handle), String(cString: sqlite3_errmsg(handle)),
            system: sqlite3_system_errno(handle), doing: what.count > 60 ? String(what.prefix(60)) + "…" : what)
        fault = fault ?? error
        return error
    }
}
