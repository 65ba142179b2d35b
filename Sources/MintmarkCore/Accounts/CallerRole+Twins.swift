// SPDX-License-Identifier: Apache-2.0

extension CloudRole {
    /// Which devices the Device Service shows to this role.
    ///
    /// Sources: Ayla OEM installation guide for black-box devices (2017-04), 6.1, which names no role but the admin for
    /// looking at a unit in the factory; Ayla customer dashboard guide (2016-04), "Roles".
    package var twins: RolePermission {
        switch self {
        case .admin, .staff: .granted
        case .developer, .endUser: .conditional("only its own devices and those shared with it")
        case .aylaAdmin, .aylaStaff, .moduleManufacturer, .moduleOEMManufacturer, .softwareOEMManufacturer,
            .supportManager, .supportEngineer:
            .conditional("as no document says: use an OEM::Admin or OEM::Staff")
        }
    }
}

extension CallerRole {
    /// What to make of a 403 that a look at a twin got. No role is refused beforehand: the documents leave most of
    /// them open.
    package var explanationOfHiddenTwin: String {
        guard !name.isEmpty else { return "the cloud named no role for the station's user" }
        return switch CloudRole(rawValue: name)?.twins {
        case .granted: "\(name) sees every device of its account, so this one may be another's"
        case .conditional(let condition): "\(name) sees \(condition)"
        case .denied(let why): "\(name) sees no devices: \(why)"
        case nil: "\(name) is a role of the account's own: use an OEM::Admin or OEM::Staff"
        }
    }
}
