// SPDX-License-Identifier: Apache-2.0
internal import CSQLiteShim
internal import GRDB
internal import MintmarkCore

/// A prepared statement, used again and again on its connection's thread.
///
/// GRDB prepares and owns it; values are bound by SQLite's own functions, because GRDB boxes each of them and the
/// writer has a few microseconds for an entry.
final class SQLStatement {
    private let connection: SQLConnection
    private let owner: Statement
    private let handle: OpaquePointer

    init(_ connection: SQLConnection, _ sql: String) throws(MintmarkError) {
        self.connection = connection
        do { owner = try connection.database.makeStatement(sql: sql) } catch { throw connection.fail(sql) }
        handle = owner.sqliteStatement
    }

    /// Runs it for its effect.
    func run<each Value: SQLValue>(_ values: repeat each Value) throws(MintmarkError) {
        try bind(repeat each values)
        defer { sqlite3_reset(handle) }
        while try step() {}
    }

    /// Reads the first row, nil when there is none.
    func first<each Value: SQLValue, Answer>(
        _ values: repeat each Value, read: (SQLRow) throws(MintmarkError) -> Answer
    ) throws(MintmarkError) -> Answer? {
        try bind(repeat each values)
        defer { sqlite3_reset(handle) }
        return try step() ? try read(SQLRow(handle: handle)) : nil
    }

    /// Visits all rows; a row lives only as long as its visit.
    func each<each Value: SQLValue>(
        _ values: repeat each Value, visit: (SQLRow) throws(MintmarkError) -> Void
    ) throws(MintmarkError) {
        try bind(repeat each values)
        defer { sqlite3_reset(handle) }
        while try step() { try visit(SQLRow(handle: handle)) }
    }

    func all<each Value: SQLValue, Answer>(
        _ values: repeat each Value, read: (SQLRow) throws(MintmarkError) -> Answer
    ) throws(MintmarkError) -> [Answer] {
        var answers: [Answer] = []
        try each(repeat each values) { row throws(MintmarkError) in answers.append(try read(row)) }
        return answers
    }

    /// Begins a walk that `next` continues; for walking two tables in step.
    func start<each Value: SQLValue>(_ values: repeat each Value) throws(MintmarkError) {
        sqlite3_reset(handle)
        try bind(repeat each values)
    }

    /// The next row of a walk, valid until the next call.
    func next() throws(MintmarkError) -> SQLRow? { try step() ? SQLRow(handle: handle) : nil }

    /// Ends a walk early.
    func stop() { sqlite3_reset(handle) }

    var columnCount: Int32 { sqlite3_column_count(handle) }

    private func bind<each Value: SQLValue>(_ values: repeat each Value) throws(MintmarkError) {
        var index: Int32 = 0
        for value in repeat each values {
            index += 1
            guard value.bind(to: handle, at: index) == SQLITE_OK else { throw connection.fail("binding a value") }
        }
    }

    private func step() throws(MintmarkError) -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw connection.fail(String(cString: sqlite3_sql(handle)))
        }
    }
}
