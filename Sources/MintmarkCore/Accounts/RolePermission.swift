// SPDX-License-Identifier: Apache-2.0

/// What the vendor's documents say about a role and a call of the factory service.
package enum RolePermission: Sendable, Equatable {
    case granted
    /// Only in an account of some kind, or the documents disagree: the cloud decides.
    case conditional(String)
    case denied(String)
}

extension CloudRole {
    /// Whether this role may make `call` on modules of this class.
    ///
    /// Sources: Ayla Factory Service API specification v2.2, 1.8 and the role lists of each call; Ayla DSN reservation
    /// process (2017-07).
    package func permission(_ call: FactoryCall, on module: ModuleClass) -> RolePermission {
        switch (self, call) {
        case (.moduleManufacturer, .reserve): .only(.blackBox, is: module)
        case (.moduleManufacturer, .manufacture):
            module == .blackBox ? .conditional(Self.needsAttribute) : .only(.blackBox, is: module)
        case (.moduleManufacturer, .search): .granted
        case (.moduleManufacturer, .provision): .denied("provisioning is the device maker's part")
        case (.moduleOEMManufacturer, .provision): .only(.blackBox, is: module)
        case (.moduleOEMManufacturer, .search): .granted
        case (.moduleOEMManufacturer, .reserve), (.moduleOEMManufacturer, .manufacture):
            .denied("the module's maker has done that")
        case (.softwareOEMManufacturer, .reserve), (.softwareOEMManufacturer, .provision):
            .only(.whiteBox, is: module)
        case (.softwareOEMManufacturer, .search): .granted
        case (.softwareOEMManufacturer, .manufacture): .denied("white-box modules are only provisioned")
        case (.admin, .reserve):
            .conditional(
                module == .blackBox
                    ? Self.needsAttribute : "only in an account without the Module Manufacturer attribute")
        case (.admin, .manufacture):
            module == .blackBox ? .conditional(Self.needsAttribute) : .only(.blackBox, is: module)
        case (.admin, .provision): .conditional("by one of the specification's two lists only")
        case (.admin, .search): .granted
        case (.aylaAdmin, .reserve): .granted
        case (.aylaAdmin, _), (.aylaStaff, _), (.developer, _), (.supportManager, _), (.supportEngineer, _),
            (.staff, _), (.endUser, _):
            .denied("it is no role of a factory")
        }
    }

    private static let needsAttribute =
        "only in an account with the Module Manufacturer attribute, which the vendor's support sets"
}

extension RolePermission {
    fileprivate static func only(_ allowed: ModuleClass, is module: ModuleClass) -> RolePermission {
        allowed == module ? .granted : .denied("it is for \(allowed.rawValue) modules only")
    }
}

extension FactoryCall {
    /// Roles that may make the call, or may in some accounts, the most fitting first.
    package func roles(on module: ModuleClass) -> [CloudRole] {
        let makers: [CloudRole] = [.moduleManufacturer, .moduleOEMManufacturer, .softwareOEMManufacturer, .admin]
        return makers.filter {
            switch $0.permission(self, on: module) {
            case .granted, .conditional: true
            case .denied: false
            }
        }
    }
}
