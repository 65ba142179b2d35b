// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// What a twin is made from: the properties of one OEM model in one version.
///
/// Source: Ayla tech note 5 and the guides' template pages. Field names of a template's JSON beyond `id` and `name` are
/// the sandbox's own.
package struct CloudTemplate: Sendable, Equatable {
    package enum Visibility: String, Sendable, CaseIterable {
        /// Its developer's own; chosen by hand only.
        case hidden = "private"
        /// A company's.
        case oem
        /// The vendor's, for every company.
        case everyone = "public"
    }

    package let id: Int64
    package let name: String
    package let visibility: Visibility
    /// The company it belongs to; nil for a public one.
    package let oem: String?
    package let oemModel: String
    /// The template version that a unit reports.
    package let version: String
    package let properties: [TemplateProperty]
    /// How a user of such a unit registers it.
    package let registration: RegistrationType

    package init(
        id: Int64, name: String, visibility: Visibility = .oem, oem: String?, oemModel: String, version: String,
        registration: RegistrationType = .apMode, properties: [TemplateProperty]
    ) {
        self.id = id
        self.name = name
        self.visibility = visibility
        self.oem = oem
        self.oemModel = oemModel
        self.version = version
        self.registration = registration
        self.properties = properties
    }

    package var json: JSONObject {
        [
            "description": "", "id": .integer(id), "name": .string(name), "oem": JSONValue(oem),
            "oem_model": .string(oemModel), "properties": .array(properties.map { .object($0.json) }),
            "registration_type": .string(registration.rawValue), "template_type": "Wifi", "version": .string(version),
            "visibility": .string(visibility.rawValue),
        ]
    }

    /// Whether a unit that reports these gets it without a person's choice.
    func fits(oem: String, oemModel: String, version: String) -> Bool {
        guard self.oemModel == oemModel, self.version == version || self.version == "*" else { return false }
        return switch visibility {
        case .oem: self.oem == oem
        case .everyone: true
        case .hidden: false
        }
    }

    /// Whether the users of a company may see it and choose it by hand.
    func isVisible(to oem: String) -> Bool { visibility == .everyone || self.oem == oem }
}
