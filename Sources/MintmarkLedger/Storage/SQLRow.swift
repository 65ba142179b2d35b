// SPDX-License-Identifier: Apache-2.0
internal import CSQLiteShim

/// The row a statement stands on. Its bytes live until the statement moves.
struct SQLRow {
    fileprivate let handle: OpaquePointer

    init(handle: OpaquePointer) { self.handle = handle }

    func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

    func optionalInteger(_ column: Int32) -> Int64? { isNull(column) ? nil : integer(column) }

    func text(_ column: Int32) -> String { String(decoding: bytes(column), as: UTF8.self) }

    func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

    func isInteger(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_INTEGER }

    /// Text or binary as stored; the pointer dies with the row.
    func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
        let base = sqlite3_column_blob(handle, column)
        return UnsafeRawBufferPointer(start: base, count: Int(sqlite3_column_bytes(handle, column)))
    }

    func array(_ column: Int32) -> [UInt8] { Array(bytes(column)) }

    /// The same kind of value with the same bytes.
    func equals(_ other: SQLRow, _ column: Int32) -> Bool {
        sqlite3_column_type(handle, column) == sqlite3_column_type(other.handle, column)
            && bytes(column).elementsEqual(other.bytes(column))
    }

    /// Whether the first column comes before the other's, in the order of a primary key.
    func precedes(_ other: SQLRow) -> Bool {
        isInteger(0) && other.isInteger(0)
            ? integer(0) < other.integer(0) : bytes(0).lexicographicallyPrecedes(other.bytes(0))
    }
}
