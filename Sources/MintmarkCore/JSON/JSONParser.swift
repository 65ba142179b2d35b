// SPDX-License-Identifier: Apache-2.0

/// Reads JSON (RFC 8259) without fractions, with bounds: size is the caller's, depth is ours.
///
/// Our own because the ledger must read back exactly what it wrote, byte for byte, a million times a few seconds,
/// refuse duplicate names and tell where a document goes wrong. A number with a fraction or an exponent is an error.
package struct JSONParser {
    package static let maximumDepth = 32

    /// What becomes of a number with a fraction or an exponent.
    package enum Fractions: Sendable {
        case refused
        /// It is read as the text that it is written as.
        case asText
    }

    private let bytes: ArraySlice<UInt8>
    private let fractions: Fractions
    private var at: Int

    /// - Throws: `.badInput` with the byte offset, when `bytes` is not one whole JSON document.
    package static func parse(
        _ bytes: some Collection<UInt8>, fractions: Fractions = .refused
    ) throws(MintmarkError) -> JSONValue {
        var parser = JSONParser(bytes: ArraySlice(bytes), fractions: fractions)
        let value = try parser.value(depth: 0)
        parser.skipBlanks()
        guard parser.at == parser.bytes.endIndex else { throw parser.fault("text after the end of the document") }
        return value
    }

    /// As `parse`, for a document whose outermost value must be an object.
    package static func object(
        _ bytes: some Collection<UInt8>, fractions: Fractions = .refused
    ) throws(MintmarkError) -> JSONObject {
        guard case .object(let object) = try parse(bytes, fractions: fractions) else {
            throw MintmarkError(.badInput, "the JSON document is not an object", next: "Check where it came from.")
        }
        return object
    }

    private init(bytes: ArraySlice<UInt8>, fractions: Fractions) {
        self.bytes = bytes
        self.fractions = fractions
        at = bytes.startIndex
    }

    private mutating func value(depth: Int) throws(MintmarkError) -> JSONValue {
        guard depth < Self.maximumDepth else { throw fault("nested deeper than \(Self.maximumDepth)") }
        skipBlanks()
        switch peek {
        case UInt8(ascii: "{"): return .object(try object(depth: depth))
        case UInt8(ascii: "["): return .array(try array(depth: depth))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func object(depth: Int) throws(MintmarkError) -> JSONObject {
        var object = JSONObject()
        at += 1
        skipBlanks()
        if take("}") { return object }
        repeat {
            skipBlanks()
            guard peek == UInt8(ascii: "\"") else { throw fault("a member's name was expected") }
            let name = try string()
            guard let vacancy = object.vacancy(for: name) else {
                throw fault("the name \"\(name.prefix(40))\" stands twice")
            }
            skipBlanks()
            guard take(":") else { throw fault("\":\" was expected") }
            object.insert(try value(depth: depth + 1), name, at: vacancy)
            skipBlanks()
        } while take(",")
        guard take("}") else { throw fault("\",\" or \"}\" was expected") }
        return object
    }

    private mutating func array(depth: Int) throws(MintmarkError) -> [JSONValue] {
        var items: [JSONValue] = []
        at += 1
        skipBlanks()
        if take("]") { return items }
        repeat {
            items.append(try value(depth: depth + 1))
            skipBlanks()
        } while take(",")
        guard take("]") else { throw fault("\",\" or \"]\" was expected") }
        return items
    }

    private mutating func string() throws(MintmarkError) -> String {
        at += 1
        let start = at
        while let byte = peek, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { at += 1 }
        if peek == UInt8(ascii: "\"") {
            defer { at += 1 }
            return try text(bytes[start..<at])
        }
        var unescaped = Array(bytes[start..<at])
        while let byte = peek {
            at += 1
            switch byte {
            case UInt8(ascii: "\""): return try text(unescaped[...])
            case UInt8(ascii: "\\"): try escape(into: &unescaped)
            case 0..<0x20: throw fault("a control character inside a string")
            default: unescaped.append(byte)
            }
        }
        throw fault("a string without an end")
    }

    private mutating func escape(into text: inout [UInt8]) throws(MintmarkError) {
        guard let kind = peek else { throw fault("a string without an end") }
        at += 1
        switch kind {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(kind)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            var unit = try hexUnit()
            if (0xD800..<0xDC00).contains(unit) {
                guard take("\\"), take("u") else { throw fault("half a surrogate pair") }
                let low = try hexUnit()
                guard (0xDC00..<0xE000).contains(low) else { throw fault("half a surrogate pair") }
                unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(unit) else { throw fault("half a surrogate pair") }
            text.append(contentsOf: String(Character(scalar)).utf8)
        default: throw fault("an unknown escape")
        }
    }

    private mutating func hexUnit() throws(MintmarkError) -> UInt32 {
        guard bytes.endIndex - at >= 4,
            let value = UInt32(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16)
        else { throw fault("four hexadecimal digits were expected") }
        at += 4
        return value
    }

    private mutating func number() throws(MintmarkError) -> JSONValue {
        let start = at
        if peek == UInt8(ascii: "-") { at += 1 }
        while let byte = peek, (48...57).contains(byte) { at += 1 }
        let digits = String(decoding: bytes[start..<at], as: UTF8.self)
        // Of all forms of zero only -0.5 and the like have a sign.
        let isSignedZero = digits == "-0" && fractions == .asText && peek == UInt8(ascii: ".")
        let leadingZero = digits.hasPrefix("0") && digits.count > 1 || digits.hasPrefix("-0") && !isSignedZero
        guard !leadingZero, let number = Int64(digits), number.magnitude <= 1 << 53 else {
            throw fault("a value was expected")
        }
        guard let byte = peek, [UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains(byte) else {
            return .integer(number)
        }
        guard fractions == .asText else { throw fault("a number with a fraction or an exponent") }
        if take(".") { try skipDigits() }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try skipDigits()
        }
        return .string(String(decoding: bytes[start..<at], as: UTF8.self))
    }

    /// At least one.
    private mutating func skipDigits() throws(MintmarkError) {
        guard let byte = peek, (48...57).contains(byte) else { throw fault("a digit was expected") }
        while let byte = peek, (48...57).contains(byte) { at += 1 }
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(MintmarkError) -> JSONValue {
        guard bytes[at...].starts(with: word.description.utf8) else { throw fault("a value was expected") }
        at += word.utf8CodeUnitCount
        return value
    }

    private func text(_ slice: ArraySlice<UInt8>) throws(MintmarkError) -> String {
        guard let text = String(validating: slice, as: UTF8.self) else { throw fault("text that is not UTF-8") }
        return text
    }

    private var peek: UInt8? { at < bytes.endIndex ? bytes[at] : nil }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: character) else { return false }
        at += 1
        return true
    }

    private mutating func skipBlanks() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { at += 1 }
    }

    private func fault(_ what: String) -> MintmarkError {
        MintmarkError(
            .badInput, "byte \(at - bytes.startIndex) of the JSON document: \(what)", next: "Check where it came from.")
    }
}
