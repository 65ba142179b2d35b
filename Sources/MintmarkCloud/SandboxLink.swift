// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// Brings the first calls of virtual units to a virtual cloud in another process.
package final class SandboxLink: Sendable {
    private let base: CloudBase
    private let transport: CloudTransport
    private let limit: Duration

    /// - Throws: `.badStationFile` when `url` is not https or the CA file cannot be used.
    package init(_ url: String, caFile: String?, softwareVersion: String) throws(MintmarkError) {
        base = try CloudBase(url)
        let settings = CloudSettings(
            environment: CloudEnvironment(region: .us, deployment: .dev),
            endpoints: CloudEndpoints(user: url, factoryProxy: url), caFile: caFile, softwareVersion: softwareVersion)
        transport = try CloudTransport(settings)
        limit = settings.limits.connect
    }

    /// HTTP status of the answer, and whether the cloud believed the unit's OEM key; nil when no answer came.
    package func connect(_ dsn: String, _ body: JSONObject) async -> (status: Int, isBelieved: Bool)? {
        let call = CloudCall(
            base: base, path: "/sandbox/devices/\(dsn)/connect",
            body: SecretText.joined([.plain(CanonicalJSON.text(body))]), deadline: .now + limit)
        do throws(CallFailure) {
            let answer = try await transport.send(call)
            let device = LooseJSON(bytes: answer.body)?["device"]
            return (answer.status, device?["oem_authentication_failed_at"]?.text == nil)
        } catch {
            return nil
        }
    }

    /// Closes all connections; nothing can be called after it.
    package func shutdown() async { await transport.shutdown() }
}
