// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import MintmarkCore

/// Lines of a file, one after the other, in memory that does not grow with it.
final class LineReader {
    /// Longest line, in bytes: that of an entry.
    private static let limit = 65_536
    private static let chunk = 1 << 20

    private let path: String
    private let descriptor: Int32
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: chunk + limit, alignment: 16)
    private var range = 0..<0
    private var isAtEnd = false
    /// Bytes that are not read from the file yet.
    private var left: Int64
    /// Where in the file the next line begins.
    private(set) var position: Int64

    /// From byte `offset` on, as if the file ended at byte `end`.
    ///
    /// - Throws: `.ledgerFault` when it cannot be opened.
    init(_ path: String, from offset: Int64 = 0, upTo end: Int64 = .max) throws(MintmarkError) {
        self.path = path
        let offset = max(0, offset)
        (left, position) = (max(0, end - offset), offset)
        let file = try FileSystem.openFile(path)
        descriptor = file
        if offset > 0 { try FileSystem.call("lseek", path) { lseek(file, off_t(offset), SEEK_SET) < 0 ? -1 : 0 } }
    }

    deinit {
        close(descriptor)
        buffer.deallocate()
    }

    /// The next line without its end; nil at the end of the file. The bytes live until the next call.
    ///
    /// - Throws: `.badInput` for a line that is too long or has no end.
    func next<Answer>(
        _ body: (UnsafeRawBufferPointer) throws(MintmarkError) -> Answer
    ) throws(MintmarkError) -> Answer? {
        while true {
            let open = UnsafeRawBufferPointer(rebasing: buffer[range])
            if let base = open.baseAddress, let end = memchr(base, 0x0A, open.count) {
                let count = end - UnsafeMutableRawPointer(mutating: base)
                range = range.lowerBound + count + 1..<range.upperBound
                position += Int64(count) + 1
                return try body(UnsafeRawBufferPointer(rebasing: open[..<count]))
            }
            guard !isAtEnd else {
                guard range.isEmpty else { throw bad("its last line has no end") }
                return nil
            }
            guard range.count < Self.limit else { throw bad("a line is longer than \(Self.limit) bytes") }
            try fill()
        }
    }

    /// What was read behind the last whole line.
    var rest: [UInt8] { Array(buffer[range]) }

    private func fill() throws(MintmarkError) {
        let start = range.count
        let wanted = Int(min(Int64(Self.chunk), left))
        buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[range]))
        let count = try FileSystem.call("read", path) {
            Int32(read(descriptor, buffer.baseAddress.map { $0 + start }, wanted))
        }
        left -= Int64(count)
        isAtEnd = count == 0
        range = 0..<start + Int(count)
    }

    private func bad(_ what: String) -> MintmarkError {
        MintmarkError(.badInput, "\(path): \(what)", next: "Get the file again from where it came from.")
    }
}
