// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

extension TemplateProperty {
    /// - Throws: `.badInput`; `what` names the template in errors.
    static func list(_ items: [JSONValue], _ what: String) throws(MintmarkError) -> [TemplateProperty] {
        var properties: [TemplateProperty] = []
        for (index, item) in items.enumerated() {
            let what = "property \(index + 1) of \(what)"
            let object = try TemplateField.object(item, what)
            let name = try TemplateField.text("name", object, what)
            let named = "\(what) \"\(name.prefix(40))\","
            guard !properties.contains(where: { $0.name == name }) else {
                throw MintmarkError(.badInput, "\(named) is there twice", next: "Name each property once.")
            }
            let (baseType, direction): (TwinProperty.BaseType?, TwinProperty.Direction?) = (
                try TemplateField.choice("base_type", object, named),
                try TemplateField.choice("direction", object, named)
            )
            let scope: TwinProperty.Scope? = try TemplateField.choice("scope", object, named)
            guard let baseType else { throw TemplateField.missing("base_type", named, TwinProperty.BaseType.self) }
            guard let direction else { throw TemplateField.missing("direction", named, TwinProperty.Direction.self) }
            properties.append(
                TemplateProperty(
                    name, baseType, direction, scope: scope ?? .user,
                    isHostVersion: object["host_sw_version"]?.bool ?? false,
                    isAcknowledged: object["ack_enabled"]?.bool ?? false))
        }
        return properties
    }
}
