// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// A property as its template describes it.
package struct TemplateProperty: Sendable, Equatable {
    package let name: String
    package let baseType: TwinProperty.BaseType
    package let direction: TwinProperty.Direction
    package let scope: TwinProperty.Scope
    /// Its value is the firmware version that the unit reports.
    package let isHostVersion: Bool
    /// The unit says what became of each value that it is sent.
    package let isAcknowledged: Bool

    package init(
        _ name: String, _ baseType: TwinProperty.BaseType, _ direction: TwinProperty.Direction,
        scope: TwinProperty.Scope = .user, isHostVersion: Bool = false, isAcknowledged: Bool = false
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
            "ack_enabled": .bool(isAcknowledged), "base_type": .string(baseType.rawValue),
            "direction": .string(direction.rawValue), "host_sw_version": .bool(isHostVersion), "name": .string(name),
            "scope": .string(scope.rawValue),
        ]
    }
}
