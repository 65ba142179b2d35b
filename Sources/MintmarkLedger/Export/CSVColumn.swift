// SPDX-License-Identifier: Apache-2.0

/// A column of an exported table: its name, what its values are, what they mean.
package struct CSVColumn: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        /// Anything; may begin with the apostrophe that keeps it from being a formula.
        case text
        case integer
        /// UTC, ISO 8601 with milliseconds.
        case time
        /// 0 or 1.
        case flag
        /// One of these.
        case words([String])
        /// Text of this form, an ECMAScript regular expression without anchors.
        case pattern(String)
    }

    package let name: String
    package let kind: Kind
    /// False: the cell is never empty.
    package let isOptional: Bool
    package let meaning: String

    init(_ name: String, _ kind: Kind, optional: Bool = false, _ meaning: String) {
        self.name = name
        self.kind = kind
        isOptional = optional
        self.meaning = meaning
    }

    static func words<Words: CaseIterable & RawRepresentable<String>>(_: Words.Type) -> Kind {
        .words(Words.allCases.map(\.rawValue))
    }

    static let mac = Kind.pattern("[0-9a-f]{12}")
    static let dsn = Kind.pattern("[A-Z0-9]{8,20}")
    static let uuid = Kind.pattern("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
}
