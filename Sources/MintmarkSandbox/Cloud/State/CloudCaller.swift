// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// The user behind a valid token, and what the factory service lets that user do.
///
/// Source: Ayla Factory Service API specification v2.2, 1.8 and the role lists of each call.
struct CloudCaller {
    let user: CloudUser
    let tenant: CloudTenant

    /// Classes of module whose DSNs may be reserved; none: the call is forbidden.
    var reservable: Set<ModuleClass> {
        var classes: Set<ModuleClass> = []
        for role in user.roles {
            switch role {
            case .aylaAdmin: classes.formUnion([.blackBox, .whiteBox])
            case .moduleManufacturer: classes.insert(.blackBox)
            case .softwareOEMManufacturer: classes.insert(.whiteBox)
            case .admin: classes.insert(tenant.isModuleManufacturer ? .blackBox : .whiteBox)
            case .moduleOEMManufacturer, .aylaStaff, .developer, .supportManager, .supportEngineer, .staff,
                .endUser:
                break
            }
        }
        return classes
    }

    var mayManufacture: Bool {
        tenant.isModuleManufacturer && user.roles.contains { $0 == .moduleManufacturer || $0 == .admin }
    }

    /// Classes of module that may be provisioned; none: the call is forbidden.
    func provisionable(_ switches: CloudSwitches) -> Set<ModuleClass> {
        var classes: Set<ModuleClass> = []
        for role in user.roles {
            switch role {
            case .moduleOEMManufacturer: classes.insert(.blackBox)
            case .softwareOEMManufacturer: classes.insert(.whiteBox)
            case .admin:
                let allowed =
                    tenant.isModuleManufacturer ? switches.makerAdminProvisions : switches.plainAdminProvisions
                if allowed == .yes { classes.formUnion([.blackBox, .whiteBox]) }
            case .aylaAdmin, .aylaStaff, .moduleManufacturer, .developer, .supportManager, .supportEngineer, .staff,
                .endUser:
                break
            }
        }
        return classes
    }

    /// Whether search shows this device; nil: the call is forbidden.
    var visible: ((FactoryDevice) -> Bool)? {
        let oemID = tenant.oemID
        let isMaker = mayManufacture
        let isOwner = user.roles.contains {
            switch $0 {
            case .moduleOEMManufacturer, .softwareOEMManufacturer: true
            case .admin: !tenant.isModuleManufacturer
            case .aylaAdmin, .aylaStaff, .moduleManufacturer, .developer, .supportManager, .supportEngineer, .staff,
                .endUser:
                false
            }
        }
        guard isMaker || isOwner else { return nil }
        return { device in
            isMaker && device.reservedBy == oemID && device.state >= .manufactured || isOwner && device.oem == oemID
        }
    }

    /// Which devices the Device Service shows.
    enum Devices { case none, own, all }

    /// A factory role shows none, unless the user is an admin or staff as well: no document says otherwise.
    var devices: Devices {
        if user.roles.contains(where: { [.admin, .staff].contains($0) }) { return .all }
        let makers: [CloudRole] = [.moduleManufacturer, .moduleOEMManufacturer, .softwareOEMManufacturer]
        return user.roles.contains { makers.contains($0) } ? .none : .own
    }
}
