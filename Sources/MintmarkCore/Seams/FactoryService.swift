// SPDX-License-Identifier: Apache-2.0

/// The cloud's Factory Proxy Service, as much of it as a station needs.
package protocol FactoryService: Sendable {
    /// Reserves `count` (1-1000) DSNs with their public keys. Not idempotent.
    ///
    /// - Throws: `.cloudAnswerLost` when the request went out and no trustworthy answer came: the DSNs may be
    ///   reserved. Every other code means that nothing was reserved.
    func reserve(count: Int, model: String) async throws(MintmarkError) -> [ReservedDSN]

    /// Sends one registration. Never throws: what became of it is the answer.
    func register(_ registration: Registration, setupKey: SharedSecret?) async -> RegistrationAnswer

    /// What the cloud shows under this DSN; nil when it shows no such device.
    func find(_ dsn: DSN, mac: MAC) async throws(MintmarkError) -> CloudDevice?

    /// One page (from 1) of the devices of a module model that the cloud shows to this user.
    ///
    /// - Throws: `.cloudRefused` or `.roleMissing` when the cloud does not offer it to this user, `.sandboxMixUp`; after
    ///   every other code it may be asked again.
    func devices(of model: String, page: Int) async throws(MintmarkError) -> DevicePage

    /// Host and port of a service that said it is a sandbox; nil when none did.
    var sandboxHost: String? { get async }
}
