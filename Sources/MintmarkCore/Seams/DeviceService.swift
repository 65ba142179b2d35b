// SPDX-License-Identifier: Apache-2.0

/// The cloud's Device Service, as much of it as a `verify` station needs. It only reads.
package protocol DeviceService: Sendable {
    /// The twin of a device; nil when the cloud shows none to this user.
    func twin(of dsn: DSN) async throws(MintmarkError) -> DeviceTwin?

    func properties(of dsn: DSN) async throws(MintmarkError) -> [TwinProperty]

    /// The latest changes of the connection status, the newest first. `key` is the twin's.
    func connectionHistory(of key: Int64, count: Int) async throws(MintmarkError) -> [ConnectionEvent]

    /// Name of a template; nil when the cloud does not show it.
    func templateName(_ id: Int64) async throws(MintmarkError) -> String?

    /// Returns at the device's next connectivity event, or when `deadline` has passed: the caller looks again either
    /// way. Where the cloud does not offer events, it returns after a pause.
    func awaitConnectivity(of dsn: DSN, deadline: Duration) async throws(MintmarkError)

    /// Host and port of a service that said it is a sandbox; nil when none did.
    var sandboxHost: String? { get async }
}
