// SPDX-License-Identifier: Apache-2.0

extension CloudRole {
    /// Which devices the Device Service shows to this role.
    ///
    /// Sources: Ayla OEM installation guide for black-box devices (2017-04), 6.1, which names no role but the admin for
    /// looking at a unit in the factory; Ayla customer dashboard guide (2016-04), "Roles".
    package var twins: RolePermission {
        switch self {
        case .admin, .staff: .granted
        case .developer, .endUser: .conditional("sees only its own devices and those shared with it")
        case .aylaAdmin, .aylaStaff, .moduleManufacturer, .moduleOEMManufacturer, .softwareOEMManufacturer,
            .supportManager, .supportEngineer:
            .conditional("may see no devices: no document says which are shown to this role")
        }
    }
}

extension CallerRole {
    /// What to make of a 403 that a look at a twin got. No role is refused beforehand: the documents leave most of
    /// them open.
    package var explanationOfHiddenTwin: String {
        guard !name.isEmpty else { return "the cloud named no role for the station's user" }
        guard let doubt = doubtOfTwins else {
            return "\(name) sees every device of its account, so this one may be another's"
        }
        return "\(doubt); use an OEM::Admin or OEM::Staff"
    }

    /// Why this role may not see the devices of its account; nil when it does, or when none is known.
    package var doubtOfTwins: String? {
        guard !name.isEmpty else { return nil }
        return switch CloudRole(rawValue: name)?.twins {
        case .granted: nil
        case .conditional(let what): "\(name) \(what)"
        case .denied(let why): "\(name) sees no devices: \(why)"
        case nil: "\(name) is a role of the account's own, of which no document says what it sees"
        }
    }
}
