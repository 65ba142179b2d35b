// SPDX-License-Identifier: Apache-2.0

/// The `body` of one entry type. Closed types only: a new field is a reviewed change, and a secret has no way in.
package protocol EntryPayload: Sendable, Equatable {
    static var type: EntryType { get }
    /// Name, kind and meaning of each field, for docs/reference/entries.md.
    static var fields: [EntryField] { get }
    var json: JSONObject { get }
    /// - Throws: `.ledgerFault` when a field is missing or of another kind.
    init(json: JSONObject) throws(MintmarkError)
}

package struct EntryField: Sendable, Equatable {
    package enum Kind: String, Sendable { case text, integer, boolean, list, object }

    package let name: String
    package let kind: Kind
    package let isOptional: Bool
    package let meaning: String

    package init(_ name: String, _ kind: Kind, optional: Bool = false, _ meaning: String) {
        self.name = name
        self.kind = kind
        isOptional = optional
        self.meaning = meaning
    }
}

extension JSONObject {
    package func text(_ name: String) throws(MintmarkError) -> String {
        guard let text = self[name]?.text else { throw Self.missing(name) }
        return text
    }

    package func integer(_ name: String) throws(MintmarkError) -> Int {
        guard let number = self[name]?.integer else { throw Self.missing(name) }
        return Int(number)
    }

    package func optionalInteger(_ name: String) -> Int? { self[name]?.integer.map { Int($0) } }

    package func optionalText(_ name: String) -> String? { self[name]?.text }

    package func dsn(_ name: String) throws(MintmarkError) -> DSN { try DSN(text(name)) }

    package func texts(_ name: String) throws(MintmarkError) -> [String] {
        guard let items = self[name]?.array else { throw Self.missing(name) }
        return items.compactMap(\.text)
    }

    package func choice<Choice: RawRepresentable<String>>(_ name: String) throws(MintmarkError) -> Choice {
        guard let choice = Choice(rawValue: try text(name)) else { throw Self.missing(name) }
        return choice
    }

    private static func missing(_ name: String) -> MintmarkError {
        MintmarkError(
            .ledgerFault, "the field \"\(name)\" is missing or of another kind",
            next: "Run `mintmark ledger verify` and keep the file as it is.")
    }
}

extension JSONValue {
    package static func text(_ text: String?) -> JSONValue? { text.map { .string($0) } }
    package static func number(_ number: (some BinaryInteger)?) -> JSONValue? { number.map { .integer(Int64($0)) } }
    package static func texts(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
}
