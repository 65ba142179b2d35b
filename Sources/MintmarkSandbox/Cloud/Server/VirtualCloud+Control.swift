// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// The hands of a test or a demo in this process; `CloudControl` offers the same over HTTPS.
extension VirtualCloud {
    package func device(_ dsn: DSN) -> FactoryDevice? { core.with { $0.state.devices[dsn] } }

    /// Every DSN that left a pool, in order.
    package var devices: [FactoryDevice] { core.with { $0.state.devices.values.sorted { $0.dsn < $1.dsn } } }

    package var journal: CloudJournal { core.with { $0.journal } }

    package func inject(_ fault: CloudFault) { core.with { $0.plan.inject(fault) } }

    /// As `inject`, from its text: `drop-after-commit@provision#1`.
    ///
    /// - Throws: `.badInput`.
    package func inject(_ text: String) throws(MintmarkError) { inject(try CloudFault(text)) }

    package func clearFaults() { core.with { $0.plan.clear() } }

    package var faults: [CloudFault] { core.with { $0.plan.faults } }

    package var switches: CloudSwitches { core.with { $0.state.switches } }

    package func setSwitches(_ switches: CloudSwitches) { core.with { $0.state.switches = switches } }

    /// Makes every access token that exists invalid; refresh tokens stay good.
    package func expireTokens() { core.with { $0.state.expireTokens() } }

    /// Gives a model `count` new free DSNs in place of those it had.
    ///
    /// - Throws: `.badInput` for an unknown model, or numbers in use or beyond nine digits.
    package func setPool(_ model: String, _ count: Int, from first: Int? = nil) throws(MintmarkError) {
        try core.with { (parts) throws(MintmarkError) in
            try parts.state.setPool(model: model, count: count, from: first)
        }
    }

    /// Whether a unit's OEM key, 256 bytes, is good for this DSN.
    package func judge(oemKey: [UInt8], dsn: DSN) -> OEMKeyVerdict {
        core.with { $0.state }.judge(oemKey: oemKey, dsn: dsn)
    }

    /// What a station's `user` secret file holds for this user, with the first app.
    package func credentials(of user: CloudUser) -> SharedSecret {
        func text(_ secret: SharedSecret) -> JSONValue {
            .string(secret.withBytes { String(decoding: $0, as: UTF8.self) })
        }
        let object: JSONObject = [
            "app_id": .text(seed.apps.first?.id), "app_secret": seed.apps.first.map { text($0.secret) },
            "email": .string(user.email), "password": text(user.password),
        ]
        return SharedSecret(text: CanonicalJSON.text(object))
    }
}
