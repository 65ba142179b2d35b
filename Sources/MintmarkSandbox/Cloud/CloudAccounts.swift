// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// Tenant of the virtual cloud.
package struct CloudTenant: Sendable {
    package var oemID: String
    package var oemSecret: String
    /// Set by the vendor for makers of modules; decides what OEM::Admin may do.
    package var isModuleManufacturer: Bool

    package init(oemID: String, oemSecret: String, isModuleManufacturer: Bool) {
        self.oemID = oemID
        self.oemSecret = oemSecret
        self.isModuleManufacturer = isModuleManufacturer
    }
}

/// User of the virtual cloud.
package struct CloudUserAccount: Sendable {
    package enum Role: String, Sendable, CaseIterable {
        case endUser = "EndUser"
        case admin = "OEM::Admin"
        case staff = "OEM::Staff"
        case moduleManufacturer = "OEM::ModuleManufacturer"
        case moduleOEMManufacturer = "OEM::ModuleOEMManufacturer"
        case softwareOEMManufacturer = "OEM::SoftwareOEMManufacturer"
    }

    package var email: String
    package var password: String
    package var oemID: String
    package var role: Role

    package init(email: String, password: String, oemID: String, role: Role) {
        self.email = email
        self.password = password
        self.oemID = oemID
        self.role = role
    }
}

/// App id and secret that a sign-in names.
package struct CloudApp: Sendable {
    package var id: String
    package var secret: String

    package init(id: String, secret: String) {
        self.id = id
        self.secret = secret
    }
}
