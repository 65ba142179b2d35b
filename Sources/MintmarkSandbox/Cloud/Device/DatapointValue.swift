// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// What a property of each base type can hold.
///
/// Sources: Ayla service API specification v8.1, 7.5; Ayla tech note 11 for messages.
enum DatapointValue {
    /// The value as it is kept, numbers and flags also when they came as text; a decimal is kept as text, its limits
    /// are those of a 32-bit number of hundredths. Nil: it breaks a rule.
    static func checked(_ value: JSONValue, _ baseType: TwinProperty.BaseType) -> JSONValue? {
        switch baseType {
        case .boolean:
            guard let number = integer(value), (0...1).contains(number) else { return nil }
            return .integer(number)
        case .integer: return integer(value).flatMap { Int32(exactly: $0) }.map { .integer(Int64($0)) }
        case .decimal:
            guard let text = value.text ?? value.integer.map({ String($0) }), let hundredths = hundredths(text),
                Int32(exactly: hundredths) != nil
            else { return nil }
            return .string(text)
        case .string: return text(value, limit: 1024)
        case .message: return text(value, limit: 512 << 10)
        // A file's value is where it was uploaded to; nobody sends it as a datapoint.
        case .file: return nil
        }
    }

    /// The rule, for who broke it.
    static func rule(_ baseType: TwinProperty.BaseType) -> String {
        switch baseType {
        case .boolean: "0 or 1"
        case .integer: "an integer from -2147483648 to 2147483647"
        case .decimal: "a number from -21474836.48 to 21474836.47 with at most 2 decimals"
        case .string: "a text of at most 1024 bytes"
        case .message: "a text of at most 512 KB"
        case .file: "no datapoint: a file is uploaded"
        }
    }

    private static func text(_ value: JSONValue, limit: Int) -> JSONValue? {
        guard let text = value.text, text.utf8.count <= limit else { return nil }
        return value
    }

    private static func integer(_ value: JSONValue) -> Int64? {
        switch value {
        case .integer(let number): number
        case .bool(let flag): flag ? 1 : 0
        case .string(let text): Int64(text)
        case .null, .array, .object: nil
        }
    }

    /// 1250 of `12.5`.
    private static func hundredths(_ text: String) -> Int64? {
        let isNegative = text.hasPrefix("-")
        let parts = text.dropFirst(isNegative ? 1 : 0).split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), (1...8).contains(parts[0].utf8.count),
            parts.count == 1 || (1...2).contains(parts[1].utf8.count),
            parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }), let whole = Int64(parts[0])
        else { return nil }
        let fraction = parts.count == 1 ? "00" : (parts[1] + "0").prefix(2)
        let sum = whole * 100 + (Int64(fraction) ?? 0)
        return isNegative ? -sum : sum
    }
}
