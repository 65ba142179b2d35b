// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// What the Device Service keeps of one DSN beside the factory's record. Times are seconds since 1970.
package struct CloudTwin: Sendable, Equatable {
    /// Every twin has this property, also without a template.
    static let hostVersion = TemplateProperty("oem_host_version", "string", "output", scope: "oem")

    package struct Event: Sendable, Equatable {
        package let time: Int64
        package let status: String
    }

    /// Company and OEM model of the last connection that was authenticated; before one, those it was provisioned for.
    package internal(set) var oem: String?
    package internal(set) var oemModel: String?
    package internal(set) var mac: String?
    package internal(set) var hwsig: String?
    package internal(set) var softwareVersion: String?
    /// The template version that the unit reported last.
    package internal(set) var reportedVersion: String?
    package internal(set) var template: CloudTemplate?
    package internal(set) var status = "Offline"
    package internal(set) var connectedAt: Int64?
    package internal(set) var activatedAt: Int64?
    package internal(set) var authenticationFailedAt: Int64?
    /// The user who registered it.
    package internal(set) var owner: String?
    package internal(set) var values: [String: JSONValue] = [:]
    package internal(set) var updatedAt: Int64?
    /// The oldest first.
    package internal(set) var history: [Event] = []

    init() {}

    var properties: [TemplateProperty] {
        let own = template?.properties ?? []
        return own.contains { $0.name == Self.hostVersion.name } ? own : own + [Self.hostVersion]
    }

    func value(of property: TemplateProperty) -> JSONValue {
        if property.name == Self.hostVersion.name { return JSONValue(reportedVersion) }
        if property.isHostVersion { return JSONValue(softwareVersion) }
        // A boolean is 0 before anything else is known.
        return values[property.name] ?? (property.baseType == "boolean" ? 0 : .null)
    }

    mutating func note(_ status: String, at time: Int64) {
        self.status = status
        history.append(Event(time: time, status: status))
    }
}

extension JSONValue {
    /// The text, or null.
    init(_ text: String?) { self = text.map { .string($0) } ?? .null }

    /// The time as ISO 8601, or null.
    init(time seconds: Int64?) { self = seconds.map { .string(UTCTime.isoText(seconds: $0)) } ?? .null }
}
