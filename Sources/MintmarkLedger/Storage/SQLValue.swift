// SPDX-License-Identifier: Apache-2.0
internal import CSQLiteShim

/// A value that a statement takes. Binding copies it.
protocol SQLValue {
    func bind(to statement: OpaquePointer, at index: Int32) -> Int32
}

extension Int64: SQLValue {
    func bind(to statement: OpaquePointer, at index: Int32) -> Int32 { sqlite3_bind_int64(statement, index, self) }
}

extension String: SQLValue {
    func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        var text = self
        return text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                // An empty buffer may have no address, which would bind NULL.
                sqlite3_bind_text(statement, index, $0.baseAddress ?? SQLCopy.empty, Int32($0.count), SQLCopy.transient)
            }
        }
    }
}

/// Binary.
extension [UInt8]: SQLValue {
    func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        withUnsafeBytes {
            sqlite3_bind_blob(
                statement, index, $0.baseAddress ?? SQLCopy.emptyBytes, Int32($0.count), SQLCopy.transient)
        }
    }
}

/// UTF-8 text in bytes.
struct SQLText: SQLValue {
    let bytes: [UInt8]

    func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        bytes.withUnsafeBytes { buffer in
            buffer.withMemoryRebound(to: CChar.self) {
                sqlite3_bind_text(statement, index, $0.baseAddress, Int32($0.count), SQLCopy.transient)
            }
        }
    }
}

extension Optional: SQLValue where Wrapped: SQLValue {
    func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        self?.bind(to: statement, at: index) ?? sqlite3_bind_null(statement, index)
    }
}

private enum SQLCopy {
    /// `SQLITE_TRANSIENT`, a cast macro that Swift does not import.
    nonisolated(unsafe) static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    nonisolated(unsafe) static let empty: UnsafePointer<CChar> = {
        let byte = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
        byte.initialize(to: 0)
        return UnsafePointer(byte)
    }()
    nonisolated(unsafe) static let emptyBytes = UnsafeRawPointer(empty)
}
