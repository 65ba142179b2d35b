// SPDX-License-Identifier: Apache-2.0

/// Writes JSON by RFC 8785 for documents without fractions: one line, members by name, shortest escapes.
package enum CanonicalJSON {
    package static func encode(_ object: JSONObject) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512)
        append(object, to: &bytes)
        return bytes
    }

    package static func text(_ object: JSONObject) -> String { String(decoding: encode(object), as: UTF8.self) }

    fileprivate static func append(_ object: JSONObject, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "{"))
        var first = true
        for (name, value) in object.members {
            if !first { bytes.append(UInt8(ascii: ",")) }
            first = false
            append(name, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            append(value, to: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    private static func append(_ value: JSONValue, to bytes: inout [UInt8]) {
        switch value {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .bool(let flag): bytes.append(contentsOf: (flag ? "true" : "false").utf8)
        case .integer(let number): bytes.append(contentsOf: String(number).utf8)
        case .string(let text): append(text, to: &bytes)
        case .object(let object): append(object, to: &bytes)
        case .array(let items):
            bytes.append(UInt8(ascii: "["))
            for (index, item) in items.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                append(item, to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        }
    }

    fileprivate static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        defer { bytes.append(UInt8(ascii: "\"")) }
        guard text.utf8.contains(where: isEscaped) else { return bytes.append(contentsOf: text.utf8) }
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): bytes.append(contentsOf: "\\\"".utf8)
            case UInt8(ascii: "\\"): bytes.append(contentsOf: "\\\\".utf8)
            case 0x08: bytes.append(contentsOf: "\\b".utf8)
            case 0x09: bytes.append(contentsOf: "\\t".utf8)
            case 0x0A: bytes.append(contentsOf: "\\n".utf8)
            case 0x0C: bytes.append(contentsOf: "\\f".utf8)
            case 0x0D: bytes.append(contentsOf: "\\r".utf8)
            case 0..<0x20: bytes.append(contentsOf: "\\u00\(Hex.encode([byte]))".utf8)
            default: bytes.append(byte)
            }
        }
    }

    private static func isEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }
}

extension CanonicalJSON {
    /// One object, written straight into bytes. Its members must be added in the order of their names.
    struct Members {
        private var bytes: [UInt8] = []

        init() { bytes.reserveCapacity(640) }

        /// Closes the object.
        consuming func finish() -> [UInt8] {
            bytes.append(UInt8(ascii: "}"))
            return bytes
        }

        /// Nil leaves the member out.
        mutating func add(_ name: StaticString, _ text: String?) {
            guard let text else { return }
            begin(name)
            CanonicalJSON.append(text, to: &bytes)
        }

        mutating func add(_ name: StaticString, _ number: Int64?) {
            guard let number else { return }
            begin(name)
            bytes.append(contentsOf: String(number).utf8)
        }

        mutating func add(_ name: StaticString, _ object: JSONObject) {
            begin(name)
            CanonicalJSON.append(object, to: &bytes)
        }

        /// An empty list is left out.
        mutating func add(_ name: StaticString, _ numbers: [Int64]) {
            guard !numbers.isEmpty else { return }
            begin(name)
            bytes.append(contentsOf: "[\(numbers.map(String.init).joined(separator: ","))]".utf8)
        }

        private mutating func begin(_ name: StaticString) {
            bytes.append(UInt8(ascii: bytes.isEmpty ? "{" : ","))
            bytes.append(UInt8(ascii: "\""))
            name.withUTF8Buffer { bytes.append(contentsOf: $0) }
            bytes.append(UInt8(ascii: "\""))
            bytes.append(UInt8(ascii: ":"))
        }
    }
}
