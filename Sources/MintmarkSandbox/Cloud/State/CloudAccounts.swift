// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// Companies, users and apps that exist when the virtual cloud starts.
package struct CloudAccounts: Sendable {
    package var tenants: [CloudTenant]
    package var users: [CloudUser]
    package var apps: [CloudApp]

    package init(tenants: [CloudTenant], users: [CloudUser], apps: [CloudApp]) {
        self.tenants = tenants
        self.users = users
        self.apps = apps
    }

    /// One company, `0dfc7900`, a module manufacturer, with a user for each kind of station and an admin.
    ///
    /// Passwords, the OEM secret and the app secret follow from `random`; `oemSecret` and `password` replace them.
    package static func standard(
        random: UInt64, oemSecret: SharedSecret? = nil, password: SharedSecret? = nil
    ) -> CloudAccounts {
        var random = ModuleRandom(seed: random)
        let oemID = CloudAccount.publicAccount.oemID
        let tenant = CloudTenant(
            oemID: oemID, oemSecret: oemSecret ?? SharedSecret(text: random.hex()), kind: .moduleManufacturer,
            isModuleManufacturer: true)
        let roles: [(String, CloudRole)] = [
            ("label", .moduleManufacturer), ("config", .moduleOEMManufacturer), ("assign", .softwareOEMManufacturer),
            ("admin", .admin),
        ]
        let users = roles.enumerated().map { index, entry in
            CloudUser(
                email: "\(entry.0)@sandbox.invalid", password: password ?? SharedSecret(text: "Sb1" + random.hex()),
                oemID: oemID, roles: [entry.1], uuid: "5a9db0c5-0000-4000-8000-00000000000\(index + 1)")
        }
        let app = CloudApp(id: "sandbox-\(oemID)-id", secret: SharedSecret(text: "sandbox-" + random.hex()))
        return CloudAccounts(tenants: [tenant], users: users, apps: [app])
    }
}
