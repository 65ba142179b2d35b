// SPDX-License-Identifier: Apache-2.0

/// Finds the members of a JSON object without copying any of it, for documents that hold secrets.
struct SecretJSON {
    /// Where a member stands in the bytes. A string's value is with its quotes.
    struct Member {
        let name: Range<Int>
        let value: Range<Int>
    }

    private let bytes: UnsafeRawBufferPointer
    private var at = 0

    /// Nil unless `bytes` is one JSON object. What is inside nested values is skipped, not checked.
    static func members(of bytes: UnsafeRawBufferPointer) -> [Member]? {
        var scanner = SecretJSON(bytes: bytes)
        return scanner.object()
    }

    private init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    private mutating func object() -> [Member]? {
        var members: [Member] = []
        guard take("{") else { return nil }
        if !take("}") {
            repeat {
                skipBlanks()
                guard let name = string(), take(":") else { return nil }
                skipBlanks()
                guard let value = value() else { return nil }
                members.append(Member(name: (name.lowerBound + 1)..<(name.upperBound - 1), value: value))
            } while take(",")
            guard take("}") else { return nil }
        }
        skipBlanks()
        return at == bytes.count ? members : nil
    }

    private mutating func value() -> Range<Int>? {
        if peek == UInt8(ascii: "\"") { return string() }
        let start = at
        var depth = 0
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\""):
                guard string() != nil else { return nil }
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0 { return at > start ? start..<at : nil }
                depth -= 1
            case UInt8(ascii: ","), 0x20, 0x09, 0x0A, 0x0D:
                if depth == 0 { return at > start ? start..<at : nil }
            default: break
            }
            at += 1
        }
        return nil
    }

    /// A string with its quotes. Its escapes stay as they are.
    private mutating func string() -> Range<Int>? {
        let start = at
        guard peek == UInt8(ascii: "\"") else { return nil }
        at += 1
        while let byte = peek, byte >= 0x20 {
            at += 1
            if byte == UInt8(ascii: "\"") { return start..<at }
            if byte == UInt8(ascii: "\\"), !escape() { return nil }
        }
        return nil
    }

    private mutating func escape() -> Bool {
        guard let kind = peek else { return false }
        at += 1
        guard kind == UInt8(ascii: "u") else { return "\"\\/bfnrt".utf8.contains(kind) }
        guard at + 4 <= bytes.count else { return false }
        defer { at += 4 }
        return bytes[at..<(at + 4)].allSatisfy { Character(UnicodeScalar($0)).isHexDigit }
    }

    private mutating func take(_ wanted: Unicode.Scalar) -> Bool {
        skipBlanks()
        guard peek == UInt8(ascii: wanted) else { return false }
        at += 1
        return true
    }

    private mutating func skipBlanks() {
        while let byte = peek, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { at += 1 }
    }

    private var peek: UInt8? { at < bytes.count ? bytes[at] : nil }
}
