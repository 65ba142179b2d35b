// SPDX-License-Identifier: Apache-2.0

/// Finds the members of an entry's envelope that stand beside it in columns, without building the document.
///
/// Verification hashes a million entries in seconds; parsing each in full would take as long again.
struct EnvelopeScanner {
    enum Member: Int, CaseIterable { case log, run, seq, station, t, type, unit }

    private let bytes: UnsafeRawBufferPointer
    private var at = 0
    private var found: [Range<Int>?] = Array(repeating: nil, count: Member.allCases.count)

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// Text between the quotes or digits of a member; nil when it is absent.
    func value(_ member: Member) -> UnsafeRawBufferPointer? {
        found[member.rawValue].map { UnsafeRawBufferPointer(rebasing: bytes[$0]) }
    }

    /// False when the bytes are not a canonical object, or when a wanted text holds an escape.
    mutating func scan() -> Bool {
        for index in found.indices { found[index] = nil }
        at = 0
        guard take(UInt8(ascii: "{")) else { return false }
        repeat {
            guard let name = string(), take(UInt8(ascii: ":")) else { return false }
            let member = EnvelopeScanner.member(bytes, name.range)
            guard let value = value() else { return false }
            if let member {
                guard !value.isEscaped else { return false }
                found[member.rawValue] = value.range
            }
        } while take(UInt8(ascii: ","))
        return take(UInt8(ascii: "}")) && at == bytes.count
    }

    private struct Piece {
        let range: Range<Int>
        var isEscaped = false
    }

    private mutating func value() -> Piece? {
        guard at < bytes.count else { return nil }
        switch bytes[at] {
        case UInt8(ascii: "\""): return string()
        case UInt8(ascii: "{"), UInt8(ascii: "["): return nested()
        default:
            let start = at
            while at < bytes.count, bytes[at] != UInt8(ascii: ","), bytes[at] != UInt8(ascii: "}") { at += 1 }
            return at > start ? Piece(range: start..<at) : nil
        }
    }

    private mutating func string() -> Piece? {
        guard take(UInt8(ascii: "\"")) else { return nil }
        let start = at
        var isEscaped = false
        while at < bytes.count {
            switch bytes[at] {
            case UInt8(ascii: "\""):
                at += 1
                return Piece(range: start..<at - 1, isEscaped: isEscaped)
            case UInt8(ascii: "\\"):
                isEscaped = true
                at += 2
            default: at += 1
            }
        }
        return nil
    }

    private mutating func nested() -> Piece? {
        let start = at
        var depth = 0
        while at < bytes.count {
            switch bytes[at] {
            case UInt8(ascii: "\""):
                guard string() != nil else { return nil }
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
            at += 1
            if depth == 0 { return Piece(range: start..<at) }
        }
        return nil
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard at < bytes.count, bytes[at] == byte else { return false }
        at += 1
        return true
    }

    private static func member(_ bytes: UnsafeRawBufferPointer, _ name: Range<Int>) -> Member? {
        func spells(_ word: StaticString) -> Bool {
            word.withUTF8Buffer { bytes[name].elementsEqual($0) }
        }
        switch name.count {
        case 1: return spells("t") ? .t : nil
        case 3: return spells("seq") ? .seq : spells("run") ? .run : spells("log") ? .log : nil
        case 4: return spells("type") ? .type : spells("unit") ? .unit : nil
        case 7: return spells("station") ? .station : nil
        default: return nil
        }
    }
}

extension UnsafeRawBufferPointer {
    /// Decimal digits as they stand in canonical JSON.
    var integer: Int64? {
        var value: Int64 = 0
        let digits = first == UInt8(ascii: "-") ? self[1...] : self[...]
        guard !digits.isEmpty, digits.count <= 18 else { return nil }
        for byte in digits {
            guard (48...57).contains(byte) else { return nil }
            value = value * 10 + Int64(byte - 48)
        }
        return digits.count == count ? value : -value
    }
}
