// SPDX-License-Identifier: Apache-2.0
internal import Foundation
package import MintmarkCore

/// The accounts every sandbox cloud has: the public tenant with a module maker, a device maker and an administrator.
package enum SandboxAccounts {
    package static let oemID = "0dfc7900"
    private static let app = CloudApp(id: "mintmark-0dfc7900-id", secret: "mintmark-0dfc7900-sandbox")

    /// Secrets are made anew for every sandbox.
    package static var configuration: VirtualCloud.Configuration {
        let password = { "Aa1" + random(12) }
        let users: [(String, CloudUserAccount.Role)] = [
            (labelUser, .moduleManufacturer), (configUser, .moduleOEMManufacturer), ("admin@sandbox.example", .admin),
        ]
        return VirtualCloud.Configuration(
            tenants: [CloudTenant(oemID: oemID, oemSecret: random(16), isModuleManufacturer: true)],
            users: users.map { CloudUserAccount(email: $0.0, password: password(), oemID: oemID, role: $0.1) },
            apps: [app])
    }

    /// Writes `ca.pem` and, mode 0600, `user-label.json`, `user-config.json`, `oem-secret` and `spool-key`.
    ///
    /// - Throws: `.badInput` when the folder cannot be made or written.
    package static func writeSecrets(
        of configuration: VirtualCloud.Configuration, caPEM: String, to folder: String
    ) throws(MintmarkError) {
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            try write(Array(caPEM.utf8), to: "\(folder)/ca.pem", mode: 0o644)
            for (name, email) in [("user-label.json", labelUser), ("user-config.json", configUser)] {
                guard let user = configuration.users.first(where: { $0.email == email }),
                    let app = configuration.apps.first
                else { continue }
                let secret: JSONObject = [
                    "app_id": .string(app.id), "app_secret": .string(app.secret), "email": .string(user.email),
                    "password": .string(user.password),
                ]
                try write(CanonicalJSON.encode(secret), to: "\(folder)/\(name)", mode: 0o600)
            }
            try write(
                Array((configuration.tenants.first?.oemSecret ?? "").utf8), to: "\(folder)/oem-secret", mode: 0o600)
            try write((0..<32).map { _ in UInt8.random(in: 0...255) }, to: "\(folder)/spool-key", mode: 0o600)
        } catch {
            throw MintmarkError(.badInput, "cannot write into \(folder)", next: "Check the path and its rights.")
        }
    }

    private static let labelUser = "label@sandbox.example"
    private static let configUser = "config@sandbox.example"

    private static func write(_ bytes: [UInt8], to path: String, mode: Int) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    /// Lower-case hex of so many random bytes.
    private static func random(_ count: Int) -> String {
        Hex.encode((0..<count).map { _ in UInt8.random(in: 0...255) })
    }
}
