// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

extension CloudTemplate {
    /// The templates of `{"templates":[…]}`.
    ///
    /// - Throws: `.badInput`, which says what is wrong with which template of which file.
    package static func list(_ bytes: [UInt8], file: String) throws(MintmarkError) -> [CloudTemplate] {
        let document: JSONObject
        do { document = try JSONParser.object(bytes) } catch {
            throw MintmarkError(.badInput, "\(file): \(error.what)", next: "Correct the file at that place.")
        }
        guard let items = document["templates"]?.array else {
            throw MintmarkError(
                .badInput, "\(file) has no list \"templates\"",
                next: "Write {\"templates\":[…]} as `mintmark help sandbox cloud` shows it.")
        }
        var templates: [CloudTemplate] = []
        for (index, item) in items.enumerated() {
            let what = "template \(index + 1) of \(file)"
            let template = try CloudTemplate(TemplateField.object(item, what), what)
            if templates.contains(where: { $0.id == template.id }) {
                throw MintmarkError(
                    .badInput, "\(what) has the id \(template.id) again", next: "Give each template an id of its own.")
            }
            templates.append(template)
        }
        return templates
    }

    /// Of the same form as `json`; `what` names it in errors.
    ///
    /// - Throws: `.badInput`.
    package init(_ object: JSONObject, _ what: String) throws(MintmarkError) {
        let name = try TemplateField.text("name", object, what)
        let what = "\(what), \"\(name.prefix(40))\","
        guard let id = object["id"]?.integer else {
            throw TemplateField.wrong("id", object, what, expected: "an integer")
        }
        let visibility: Visibility = try TemplateField.choice("visibility", object, what) ?? .oem
        // A company's template without its company would fit no unit.
        let oem = visibility == .everyone ? object["oem"]?.text : try TemplateField.text("oem", object, what)
        let properties = object["properties"] ?? []
        guard let items = properties.array else {
            throw TemplateField.wrong("properties", object, what, expected: "a list of properties")
        }
        self.init(
            id: id, name: name, visibility: visibility, oem: oem,
            oemModel: try TemplateField.text("oem_model", object, what),
            version: try TemplateField.text("version", object, what),
            registration: try TemplateField.choice("registration_type", object, what) ?? .apMode,
            properties: try TemplateProperty.list(items, what))
    }
}

extension TemplateProperty {
    fileprivate enum BaseType: String, CaseIterable { case boolean, integer, decimal, string, file, message }
    fileprivate enum Direction: String, CaseIterable { case input, output }
    fileprivate enum Scope: String, CaseIterable { case user, oem }

    fileprivate static func list(_ items: [JSONValue], _ what: String) throws(MintmarkError) -> [TemplateProperty] {
        var properties: [TemplateProperty] = []
        for (index, item) in items.enumerated() {
            let what = "property \(index + 1) of \(what)"
            let object = try TemplateField.object(item, what)
            let name = try TemplateField.text("name", object, what)
            let named = "\(what) \"\(name.prefix(40))\","
            guard !properties.contains(where: { $0.name == name }) else {
                throw MintmarkError(.badInput, "\(named) is there twice", next: "Name each property once.")
            }
            let (baseType, direction): (BaseType?, Direction?) = (
                try TemplateField.choice("base_type", object, named),
                try TemplateField.choice("direction", object, named)
            )
            let scope: Scope? = try TemplateField.choice("scope", object, named)
            guard let baseType else { throw TemplateField.missing("base_type", named, BaseType.self) }
            guard let direction else { throw TemplateField.missing("direction", named, Direction.self) }
            properties.append(
                TemplateProperty(
                    name, baseType.rawValue, direction.rawValue, scope: (scope ?? .user).rawValue,
                    isHostVersion: object["host_sw_version"]?.bool ?? false,
                    isAcknowledged: object["ack_enabled"]?.bool ?? false))
        }
        return properties
    }
}

/// Members of a template's JSON, with errors that a person can act on.
private enum TemplateField {
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
