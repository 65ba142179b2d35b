// SPDX-License-Identifier: Apache-2.0

/// One field of RFC 4180 that no spreadsheet takes for a formula.
enum CSVField {
    /// A text that begins like a formula gets an apostrophe in front; quotes where the text needs them.
    static func append(_ text: UnsafeRawBufferPointer, to buffer: inout [UInt8]) {
        guard let first = text.first else { return }
        let isFormula = startsFormula(first)
        guard isFormula || text.contains(where: needsQuotes) else { return buffer.append(contentsOf: text) }
        let isQuoted = text.contains(where: needsQuotes)
        if isQuoted { buffer.append(UInt8(ascii: "\"")) }
        if isFormula { buffer.append(UInt8(ascii: "'")) }
        for byte in text {
            if byte == UInt8(ascii: "\"") { buffer.append(byte) }
            buffer.append(byte)
        }
        if isQuoted { buffer.append(UInt8(ascii: "\"")) }
    }

    private static func startsFormula(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0D: true
        default: false
        }
    }

    private static func needsQuotes(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == 0x0A || byte == 0x0D
    }
}
