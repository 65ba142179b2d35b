// SPDX-License-Identifier: Apache-2.0

/// What a user may do in a cloud account, from the most powerful role down. A user may hold several.
///
/// A role `OEM::COMPANY::NAME` is made up by the account itself and is none of these.
///
/// Sources: Ayla developer guide (2019-09), "Accounts"; Ayla Factory Service API specification v2.2, 1.8; Ayla customer
/// dashboard guide (2016-04), "Roles"; Ayla RBAC API specification (2017-08).
package enum CloudRole: String, Sendable, CaseIterable {
    case aylaAdmin = "Ayla::Admin"
    case aylaStaff = "Ayla::Staff"
    case admin = "OEM::Admin"
    case moduleManufacturer = "OEM::ModuleManufacturer"
    case moduleOEMManufacturer = "OEM::ModuleOEMManufacturer"
    case softwareOEMManufacturer = "OEM::SoftwareOEMManufacturer"
    case developer = "OEM::Developer"
    case supportManager = "OEM::SupportManager"
    case supportEngineer = "OEM::SupportEngineer"
    case staff = "OEM::Staff"
    case endUser = "EndUser"

    package var meaning: String {
        switch self {
        case .aylaAdmin, .aylaStaff: "the vendor's own staff"
        case .admin: "everything inside the account"
        case .moduleManufacturer: "makes black-box modules"
        case .moduleOEMManufacturer: "makes products around black-box modules"
        case .softwareOEMManufacturer: "makes white-box devices or gateways"
        case .developer: "templates, and its own devices"
        case .supportManager, .supportEngineer: "support; may be named in Datastream's access rules"
        case .staff: "reads all users and devices of the account"
        case .endUser: "its own devices and those shared with it; what the sign-up form of the public account gives"
        }
    }
}
