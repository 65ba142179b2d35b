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
    /// The unit says what became of each value that it is sent.
    package let isAcknowledged: Bool

    package init(
        _ name: String, _ baseType: String, _ direction: String, scope: String = "user", isHostVersion: Bool = false,
        isAcknowledged: Bool = false
    ) {
        self.name = name
        self.baseType = baseType
        self.direction = direction
        self.scope = scope
        self.isHostVersion = isHostVersion
        self.isAcknowledged = isAcknowledged
    }

    var json: JSONObject {
        [
            "ack_enabled": .bool(isAcknowledged), "base_type": .string(baseType), "direction": .string(direction),
            "host_sw_version": .bool(isHostVersion), "name": .string(name), "scope": .string(scope),
        ]
    }
}
