// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// A property as its template describes it.
package struct TemplateProperty: Sendable, Equatable {
    package let name: String
    /// `boolean`, `integer`, `decimal`, `string`, `file` or `message`.
    package let baseType: String
    /// `input`: to the device; `output`: from it.
    package let direction: String
    /// `user` or `oem`.
    package let scope: String
    /// Its value is the firmware version that the unit reports.
    package let isHostVersion: Bool

    package init(
        _ name: String, _ baseType: String, _ direction: String, scope: String = "user", isHostVersion: Bool = false
    ) {
        self.name = name
        self.baseType = baseType
        self.direction = direction
        self.scope = scope
        self.isHostVersion = isHostVersion
    }

    /// - Throws: `.badInput` when one of the four texts is missing.
    init(_ object: JSONObject) throws(MintmarkError) {
        self.init(
            try object.text("name"), try object.text("base_type"), try object.text("direction"),
            scope: object["scope"]?.text ?? "user", isHostVersion: object["host_sw_version"]?.bool ?? false)
    }

    var json: JSONObject {
        [
            "base_type": .string(baseType), "direction": .string(direction), "host_sw_version": .bool(isHostVersion),
            "name": .string(name), "scope": .string(scope),
        ]
    }
}
