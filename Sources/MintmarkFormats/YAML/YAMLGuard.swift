// SPDX-License-Identifier: Apache-2.0

/// Finds anchors, aliases and tags by their signs, before any of them is followed.
///
/// A sign counts where a value or key may begin and outside of quotes, comments and block text; elsewhere `&`, `*` and
/// `!` are letters like any other.
enum YAMLGuard {
    struct Sign: Equatable {
        let name: String
        let line: Int
        let column: Int
    }

    static func firstSign(in bytes: [UInt8]) -> Sign? {
        var (line, indent) = (0, 0)
        var block: Int?
        var quote: UInt8?
        for row in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            line += 1
            indent = row.prefix { $0 == UInt8(ascii: " ") }.count
            let isBlank = row.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") }
            if let level = block, isBlank || indent > level { continue }
            block = nil
            if let sign = scan(row, line: line, quote: &quote) { return sign }
            let text = row.reversed().drop { [UInt8(ascii: " "), UInt8(ascii: "\r")].contains($0) }
            // A value of | or > (with its indicators) begins block text at a deeper indent.
            let tail = text.prefix { $0 != UInt8(ascii: " ") }.reversed()
            if let first = tail.first, quote == nil, first == UInt8(ascii: "|") || first == UInt8(ascii: ">") {
                block = indent
            }
        }
        return nil
    }

    private static func scan(_ row: ArraySlice<UInt8>, line: Int, quote: inout UInt8?) -> Sign? {
        var mayBegin = true
        var column = 0
        var isEscaped = false
        for byte in row {
            column += 1
            if let open = quote {
                if isEscaped {
                    isEscaped = false
                } else if open == UInt8(ascii: "\""), byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == open {
                    quote = nil
                }
                mayBegin = false
                continue
            }
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\r"): continue
            case UInt8(ascii: "#") where mayBegin: return nil
            case UInt8(ascii: "&") where mayBegin: return Sign(name: "an anchor", line: line, column: column)
            case UInt8(ascii: "*") where mayBegin: return Sign(name: "an alias", line: line, column: column)
            case UInt8(ascii: "!") where mayBegin: return Sign(name: "a tag", line: line, column: column)
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                if mayBegin { quote = byte }
                mayBegin = false
            case UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: "["), UInt8(ascii: "{"),
                UInt8(ascii: ","):
                mayBegin = true
            default: mayBegin = false
            }
        }
        return nil
    }
}
