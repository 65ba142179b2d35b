// SPDX-License-Identifier: Apache-2.0

/// One field of RFC 4180 that no spreadsheet takes for a formula.
///
/// A spreadsheet reads a cell as a formula when it begins with `= + - @`, TAB or CR, some of them also behind blanks or
/// quotes, or in the wide forms of East Asian text; each such character gets an apostrophe in front. The same holds
/// behind `;`, TAB and line ends inside a field: where a list separator other than the comma is set, quotes in the
/// middle of a line mean nothing and the rest of the field becomes a cell of its own.
package enum CSVField {
    package static func append(_ text: UnsafeRawBufferPointer, to buffer: inout [UInt8]) {
        guard let first = text.first else { return }
        guard isCautious(first) || text.contains(where: isSpecial) else { return buffer.append(contentsOf: text) }
        let isQuoted = text.contains(where: needsQuotes)
        if isQuoted { buffer.append(quote) }
        var isAtStart = true
        var isFirst = true
        var index = text.startIndex
        while index < text.endIndex {
            let blank = isAtStart ? blankLength(text, at: index) : 0
            guard blank == 0 else {
                buffer.append(contentsOf: text[index..<index + blank])
                if text[index] == quote { buffer.append(quote) }
                index += blank
                continue
            }
            let byte = text[index]
            if isAtStart, startsFormula(text, at: index) || isFirst && isControl(byte) {
                buffer.append(UInt8(ascii: "'"))
            }
            isAtStart = separates(byte)
            isFirst = false
            if byte == quote { buffer.append(byte) }
            buffer.append(byte)
            index += 1
        }
        if isQuoted { buffer.append(quote) }
    }

    private static let quote = UInt8(ascii: "\"")

    /// Whether a field that begins so needs a closer look.
    private static func isCautious(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x00...0x20, 0x7F...0xFF,
            UInt8(ascii: "'"):
            true
        default: false
        }
    }

    private static func isSpecial(_ byte: UInt8) -> Bool { needsQuotes(byte) || separates(byte) }

    private static func needsQuotes(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == quote || byte == 0x0A || byte == 0x0D
    }

    /// Behind this byte a cell may begin for a reader that does not heed our quotes.
    private static func separates(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ";") || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }

    /// Bytes at the begin of a cell that a spreadsheet may skip: blanks of all kinds, quotes, a byte order mark.
    private static func blankLength(_ text: UnsafeRawBufferPointer, at index: Int) -> Int {
        switch text[index] {
        case 0x20, quote, UInt8(ascii: "'"), 0x00...0x08, 0x0B, 0x0C, 0x0E...0x1F, 0x7F: return 1
        case 0xC2 where matches(text, index, [0xC2, 0xA0]): return 2
        case 0xE2 where index + 2 < text.count && text[index + 1] == 0x80 && isGeneralBlank(text[index + 2]): return 3
        case 0xE3 where matches(text, index, [0xE3, 0x80, 0x80]): return 3
        case 0xEF where matches(text, index, [0xEF, 0xBB, 0xBF]): return 3
        default: return 0
        }
    }

    /// U+2000 to U+200F, U+2028, U+2029, U+202F: spaces and marks without width.
    private static func isGeneralBlank(_ third: UInt8) -> Bool {
        (0x80...0x8F).contains(third) || [0xA8, 0xA9, 0xAF].contains(third)
    }

    /// Counts as the begin of a formula in front of a whole field only; further on it is a separator.
    private static func isControl(_ byte: UInt8) -> Bool { byte == 0x09 || byte == 0x0A || byte == 0x0D }

    private static func startsFormula(_ text: UnsafeRawBufferPointer, at index: Int) -> Bool {
        switch text[index] {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"): true
        case 0xEF:  // ＋ － ＝ ＠
            [0x8B, 0x8D, 0x9D].contains { matches(text, index, [0xEF, 0xBC, $0]) }
                || matches(text, index, [0xEF, 0xBC, 0xA0])
        default: false
        }
    }

    private static func matches(_ text: UnsafeRawBufferPointer, _ index: Int, _ bytes: [UInt8]) -> Bool {
        index + bytes.count <= text.count && text[index..<index + bytes.count].elementsEqual(bytes)
    }
}
