// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// Bytes of a console in, whole lines out; what is left is a prompt or the beginning of a line.
///
/// Bounded: a line longer than `maximumLine` is an error, never cut and never grown.
struct ConsoleScanner {
    static let maximumLine = 2048

    private(set) var partial: [UInt8] = []

    /// Lines that the bytes complete, without CR and LF; what is not UTF-8 shows as U+FFFD.
    mutating func push(_ bytes: [UInt8]) throws(MintmarkError) -> [String] {
        var lines: [String] = []
        var rest = bytes[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            try extend(by: rest[..<end])
            lines.append(String(decoding: partial, as: UTF8.self))
            partial.removeAll(keepingCapacity: true)
            rest = rest[rest.index(after: end)...]
        }
        try extend(by: rest)
        return lines
    }

    /// The prompt that is all there is behind the last line end.
    var prompt: ConsolePrompt? { ConsolePrompt.whole(partial) }

    /// Takes what stands behind the last line end, unless it is a prompt.
    mutating func takeFragment() -> String? {
        defer { dropPartial() }
        return partial.isEmpty || prompt != nil ? nil : String(decoding: partial, as: UTF8.self)
    }

    /// Forgets what stands behind the last line end, and wipes it: it may be the echo of a secret.
    mutating func dropPartial() {
        for index in partial.indices { partial[index] = 0 }
        partial.removeAll(keepingCapacity: true)
    }

    private mutating func extend(by bytes: ArraySlice<UInt8>) throws(MintmarkError) {
        for byte in bytes where byte != UInt8(ascii: "\r") {
            guard partial.count < Self.maximumLine else {
                throw MintmarkError(
                    .deviceGarbled, "a line longer than \(Self.maximumLine) bytes came from the unit",
                    next: "Check the baud rate in the station file.", errCode: 50)
            }
            partial.append(byte)
        }
    }
}
