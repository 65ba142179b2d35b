// SPDX-License-Identifier: Apache-2.0

/// What a user may do. A user may hold several.
///
/// Source: Ayla Factory Service API specification v2.2, 1.8; Ayla customer dashboard guide, "Roles".
package enum CloudRole: String, Sendable, CaseIterable {
    case aylaAdmin = "Ayla::Admin"
    case admin = "OEM::Admin"
    case moduleManufacturer = "OEM::ModuleManufacturer"
    case moduleOEMManufacturer = "OEM::ModuleOEMManufacturer"
    case softwareOEMManufacturer = "OEM::SoftwareOEMManufacturer"
    case developer = "OEM::Developer"
    case staff = "OEM::Staff"
    case endUser = "EndUser"

    /// Position from the highest (0) down.
    var rank: Int { Self.allCases.firstIndex(of: self) ?? Self.allCases.count }
}
