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
