// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// One call that `call-shim` counted, in the order in which the kernel saw them.
package struct CallRecord: Sendable {
    package enum Operation: UInt32, Sendable { case write = 1, truncate, sync, create, rename, link, unlink, talk }

    package let operation: Operation
    /// `errno` of the call; 0 when it worked.
    package let error: Int32
    package let inode: UInt64
    /// Where a write went; the new length for a truncation.
    package let offset: Int
    package let path: String
    /// What was written, or the other name of a rename or link.
    package let data: Data

    package var other: String { String(decoding: data, as: UTF8.self) }

    /// Reads a log; a record that was cut off by the end of its process is left out.
    package static func read(_ log: String) throws -> [CallRecord] {
        guard let bytes = FileManager.default.contents(atPath: log) else { return [] }
        var records: [CallRecord] = []
        var at = 0
        while at + 32 <= bytes.count {
            let head = bytes[at..<at + 32]
            func number<Number: FixedWidthInteger>(_ offset: Int, _: Number.Type) -> Number {
                head.withUnsafeBytes { Number(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: Number.self)) }
            }
            let (pathLength, dataLength) = (Int(number(24, UInt32.self)), Int(number(28, UInt32.self)))
            let (path, end) = (at + 32 + pathLength, at + 32 + pathLength + dataLength)
            guard end <= bytes.count else { break }
            guard let operation = Operation(rawValue: number(0, UInt32.self)) else { throw POSIXError(.EILSEQ) }
            records.append(
                CallRecord(
                    operation: operation, error: number(4, Int32.self), inode: number(8, UInt64.self),
                    offset: Int(number(16, UInt64.self)), path: String(decoding: bytes[at + 32..<path], as: UTF8.self),
                    data: bytes.subdata(in: path..<end)))
            at = end
        }
        return records
    }
}
