// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// Reads manufacturing logs of any writer, line by line, from bytes as they come.
///
/// Holds one line at most, and no more of it than `maximumLength`. A line that cannot be read is one problem with its
/// number; the lines behind it are read all the same. Lines end with LF or CR LF, the last one may have no end; empty
/// lines are passed over. A line is wiped when it was read, for it may hold a Wi-Fi setup key.
package struct ManufacturingLogReader: Sendable {
    package enum Item: Sendable, Equatable {
        case line(ImportedLogLine)
        case problem(line: Int, what: String)
    }

    /// Longest line that is looked at, in bytes. A line is to have 255, but some writers cut nothing.
    package static let maximumLength = 1024

    private var line: [UInt8] = []
    private var number = 1
    private var isTooLong = false

    /// Room for the longest line at once: what a growing array leaves behind would not be wiped.
    package init() { line.reserveCapacity(Self.maximumLength) }

    /// Takes the next bytes and gives what they complete, in order.
    package mutating func feed(
        _ bytes: some Sequence<UInt8>, _ visit: (Item) throws(MintmarkError) -> Void
    ) throws(MintmarkError) {
        for byte in bytes {
            guard byte == UInt8(ascii: "\n") else {
                if line.count < Self.maximumLength { line.append(byte) } else { isTooLong = true }
                continue
            }
            try end(visit)
        }
    }

    /// Gives the last line, when it has no end.
    package mutating func finish(_ visit: (Item) throws(MintmarkError) -> Void) throws(MintmarkError) {
        if !line.isEmpty { try end(visit) }
    }

    private mutating func end(_ visit: (Item) throws(MintmarkError) -> Void) throws(MintmarkError) {
        let item = item()
        line.withUnsafeMutableBytes { if let base = $0.baseAddress { explicit_bzero(base, $0.count) } }
        line.removeAll(keepingCapacity: true)
        (isTooLong, number) = (false, number + 1)
        if let item { try visit(item) }
    }

    private func item() -> Item? {
        if isTooLong { return .problem(line: number, what: "longer than \(Self.maximumLength) bytes") }
        var bytes = line[...]
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        if number == 1, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        guard bytes.contains(where: { $0 != 0x20 && $0 != 0x09 }) else { return nil }
        do throws(ManufacturingLogParser.Problem) {
            return .line(try ManufacturingLogParser(bytes).line(number))
        } catch { return .problem(line: number, what: error.what) }
    }
}
