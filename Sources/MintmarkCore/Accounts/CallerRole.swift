// SPDX-License-Identifier: Apache-2.0

/// The role a station's calls are made with: by the station file, else as the sign-in named it.
package struct CallerRole: Sendable, Equatable {
    package let name: String
    private let module: ModuleClass

    package init(_ name: String, working module: ModuleClass) {
        self.name = name
        self.module = module
    }

    /// Why this role may not make the call; nil when it may, may in some accounts, or none is known.
    package func refusal(of call: FactoryCall) -> MintmarkError? {
        guard !name.isEmpty, case .denied(let why) = permission(call) else { return nil }
        let fitting = call.roles(on: module).map(\.rawValue).joined(separator: " or ")
        return MintmarkError(
            .roleMissing, "the station's user is \(name), which may not \(call.rawValue): \(why)",
            next: "Give the user the role \(fitting); if it has that too, name it as account.role in the station file.")
    }

    /// What to make of a 403 that this call got.
    package func explanation(ofRefused call: FactoryCall) -> String {
        guard !name.isEmpty else { return "the cloud named no role for the station's user" }
        return switch permission(call) {
        case .granted: "\(name) may \(call.rawValue), so the DSN or its model may belong to another account or class"
        case .conditional(let condition): "\(name) may \(call.rawValue) \(condition)"
        case .denied(let why): "\(name) may not \(call.rawValue): \(why)"
        }
    }

    package func permission(_ call: FactoryCall) -> RolePermission {
        CloudRole(rawValue: name)?.permission(call, on: module) ?? .denied("it is no role of a factory")
    }
}
