// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// Who may do what, and who has a device: an admin's calls.
///
/// Sources: Ayla RBAC API specification (2017-08), 9.2; Ayla DSN reservation process (2017-07) for the role that only a
/// module manufacturer grants; Ayla Device Service API for transfers.
extension CloudState {
    mutating func changeRole(_ call: CloudCall, now: Int64) throws(CallFailure) -> CloudAnswer {
        let caller = try caller(call, now: now)
        guard caller.user.roles.contains(.admin) else { throw .forbidden }
        guard let email = call.text("user_email"), let name = call.text("role") else { throw .badRequest }
        guard let user = users[email], user.oemID == caller.tenant.oemID, let role = CloudRole(rawValue: name) else {
            throw .notFound
        }
        let isVendors = role == .aylaAdmin || role == .aylaStaff
        guard !isVendors, role != .moduleManufacturer || caller.tenant.kind == .moduleManufacturer else {
            throw .forbidden
        }
        users[email]?.roles.removeAll { $0 == role }
        if call.route == .assignRole { users[email]?.roles.append(role) }
        return CloudAnswer(empty: 200).committed
    }

    /// Registers a device to a user, takes it away, or gives it to another user of the same company.
    mutating func changeOwner(_ call: CloudCall, now: Int64) throws(CallFailure) -> CloudAnswer {
        let caller = try caller(call, now: now)
        let (device, twin) = try changeable(try visible(call, now: now), caller)
        switch call.route {
        case .register:
            give(device, to: try user(caller) { $0.uuid == call.text("user_uuid") }.uuid, now: now)
        case .transfer:
            guard twin.owner != nil else { throw .notFound }
            give(device, to: try user(caller) { $0.email == call.query["target"] }.uuid, now: now)
        default: give(device, to: nil, now: now)
        }
        return CloudAnswer(200, JSONObject()).committed
    }

    private func user(_ caller: CloudCaller, _ fits: (CloudUser) -> Bool) throws(CallFailure) -> CloudUser {
        guard let user = users.values.first(where: { $0.oemID == caller.tenant.oemID && fits($0) }) else {
            throw .notFound
        }
        return user
    }
}
