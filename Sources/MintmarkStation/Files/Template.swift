// SPDX-License-Identifier: Apache-2.0

/// A product's template, checked: what is written into a unit and which units it may be written into.
package struct Template: Sendable, Equatable {
    package enum Family: String, Sendable, CaseIterable { case bc }

    /// Where `mfg_serial` comes from.
    package enum SerialSource: String, Sendable, CaseIterable {
        /// A number kept in the ledger, at least six digits.
        case counter
        /// What the unit already shows.
        case unit
    }

    package struct WifiAP: Sendable, Equatable {
        package enum Security: String, Sendable, CaseIterable { case none, wpa2 = "WPA2_Personal" }

        /// The module appends its MAC address to this prefix.
        package var ssidMAC: String
        /// With `WPA2_Personal` every unit gets a random key of its own.
        package var security: Security
    }

    /// How the station knows that a unit is in a slot.
    package enum Presence: String, Sendable, CaseIterable {
        /// The unit prints its boot banner.
        case banner
        /// The unit answers at its prompt.
        case probe
        /// A person says so.
        case manual
    }

    /// Name of the template's folder.
    package var name: String
    package var family: Family
    package var moduleModel: String
    package var mfgModel: String
    package var mfgSerialPrefix: String
    package var mfgSerialSource: SerialSource
    package var odm: String?
    package var oemModel: String
    package var oemHostVersion: String
    /// Allowed firmware versions; empty is any.
    package var firmware: [String]
    package var regions: [String]
    package var wifiAP: WifiAP?
    package var presence: Presence
    /// Properties of the digital twin.
    package var properties: [TemplateProperty]
    /// SHA-256 of the resolved template in canonical JSON, lower-case hex.
    package var digest: String
}
