// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// Members of a template's JSON, with errors that a person can act on.
enum TemplateField {
    static func object(_ value: JSONValue, _ what: String) throws(MintmarkError) -> JSONObject {
        guard let object = value.object else {
            throw MintmarkError(.badInput, "\(what) is no JSON object", next: "Write it as {\"name\":…}.")
        }
        return object
    }

    static func text(_ name: String, _ object: JSONObject, _ what: String) throws(MintmarkError) -> String {
        guard let text = object[name]?.text, !text.isEmpty else {
            throw wrong(name, object, what, expected: "a text")
        }
        return text
    }

    /// Nil: it is not there.
    static func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ name: String, _ object: JSONObject, _ what: String
    ) throws(MintmarkError) -> Choice? {
        guard let value = object[name] else { return nil }
        guard let choice = value.text.flatMap({ Choice(rawValue: $0) }) else {
            throw wrong(name, object, what, expected: words(Choice.self))
        }
        return choice
    }

    static func missing<Choice: RawRepresentable<String> & CaseIterable>(
        _ name: String, _ what: String, _: Choice.Type
    ) -> MintmarkError { wrong(name, [:], what, expected: words(Choice.self)) }

    static func wrong(_ name: String, _ object: JSONObject, _ what: String, expected: String) -> MintmarkError {
        let found = object[name].map { value in value.text.map { "\"\($0.prefix(40))\"" } ?? "another kind of value" }
        return MintmarkError(
            .badInput, "\(what) has \(found.map { "\($0) as" } ?? "no") \"\(name)\"",
            next: "Give \"\(name)\" \(expected).")
    }

    private static func words<Choice: RawRepresentable<String> & CaseIterable>(_: Choice.Type) -> String {
        "one of " + Choice.allCases.map(\.rawValue).joined(separator: ", ")
    }
}
