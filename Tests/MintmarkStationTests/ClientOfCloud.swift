// SPDX-License-Identifier: Apache-2.0
import MintmarkCloud
import MintmarkCore
import MintmarkSandbox
import TestSupport

/// A virtual cloud with one company and one user, and a client of it that works over TLS.
enum ClientOfCloud {
    /// `switches` are those of the cloud, as `D29=yes`.
    static func with<Answer: Sendable>(
        oemID: String, _ kind: CloudTenant.Kind, _ role: CloudRole, _ module: ModuleClass, switches: [String] = [],
        _ work: (VirtualCloud, FactoryProxy, borrowing TemporaryFolder) async throws -> Answer
    ) async throws -> Answer {
        let email = "station7@acme.example"
        let user = MintmarkSandbox.CloudUser(
            email: email, password: secret("Qq7solder"), oemID: oemID, roles: [role],
            uuid: "5a9db0c5-0000-4000-8000-000000000009")
        let tenant = CloudTenant(
            oemID: oemID, oemSecret: secret("x"), kind: kind, isModuleManufacturer: kind == .moduleManufacturer)
        var configuration = VirtualCloud.Configuration(
            accounts: CloudAccounts(
                tenants: [tenant], users: [user], apps: [CloudApp(id: "acmefab-id", secret: secret("acmefab-x1y2z3"))]))
        for text in switches { try configuration.switches.set(text) }
        return try await VirtualCloud.running(configuration) { cloud, url in
            let folder = try TemporaryFolder()
            var settings = CloudSettings(
                environment: CloudEnvironment(region: .us, deployment: .dev),
                endpoints: CloudEndpoints(user: url, factoryProxy: url),
                caFile: try folder.write("ca.pem", cloud.caPEM), softwareVersion: "1.0")
            settings.module = module
            settings.limits.signInPause = .zero
            let login =
                #"{"email":"\#(email)","password":"Qq7solder","app_id":"acmefab-id","app_secret":"acmefab-x1y2z3"}"#
            let proxy = try FactoryProxy(settings, user: MintmarkCloud.CloudUser(secret(login)))
            do {
                let answer = try await work(cloud, proxy, folder)
                await proxy.shutdown()
                return answer
            } catch {
                await proxy.shutdown()
                throw error
            }
        }
    }

    private static func secret(_ text: String) -> SharedSecret {
        SharedSecret(Secret(count: text.utf8.count) { $0.copyBytes(from: text.utf8) })
    }
}
