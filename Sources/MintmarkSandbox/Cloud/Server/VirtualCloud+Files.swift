// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// What a station needs to use the virtual cloud, as files that a station file can name.
extension VirtualCloud {
    /// `ca.pem`; of mode 0600: a `user-NAME.json` for each user, the first company's `oem-secret`, a new `spool-key`.
    func writeFiles(to folder: String) throws(MintmarkError) {
        try write(SharedSecret(text: caPEM), to: folder + "/ca.pem", mode: 0o644)
        for user in accounts.users {
            try write(credentials(of: user), to: "\(folder)/user-\(user.email.prefix { $0 != "@" }).json", mode: 0o600)
        }
        let spoolKey = Secret(count: 32) { bytes in for index in bytes.indices { bytes[index] = .random(in: 0...255) } }
        try write(SharedSecret(spoolKey), to: folder + "/spool-key", mode: 0o600)
        if let tenant = accounts.tenants.first { try write(tenant.oemSecret, to: folder + "/oem-secret", mode: 0o600) }
    }

    /// What a station's `user` secret file holds for this user, with the first app.
    package func credentials(of user: CloudUser) -> SharedSecret {
        func text(_ secret: SharedSecret) -> JSONValue {
            .string(secret.withBytes { String(decoding: $0, as: UTF8.self) })
        }
        let object: JSONObject = [
            "app_id": .text(accounts.apps.first?.id), "app_secret": accounts.apps.first.map { text($0.secret) },
            "email": .string(user.email), "password": text(user.password),
        ]
        return SharedSecret(text: CanonicalJSON.text(object))
    }

    private func write(_ content: SharedSecret, to path: String, mode: UInt32) throws(MintmarkError) {
        try content.withBytes { (bytes) throws(MintmarkError) in
            try SandboxFile.write(bytes, to: path, mode: mode)
        }
    }
}
