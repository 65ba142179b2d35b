// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

extension JSONValue {
    /// The text, or null.
    init(_ text: String?) { self = text.map { .string($0) } ?? .null }

    /// The time as ISO 8601, or null.
    init(time seconds: Int64?) { self = seconds.map { .string(UTCTime.isoText(seconds: $0)) } ?? .null }

    /// A text, number or flag as it is written; nil for anything else.
    var asText: String? {
        switch self {
        case .string(let text): text
        case .integer(let number): String(number)
        case .bool(let flag): String(flag)
        case .null, .array, .object: nil
        }
    }
}
