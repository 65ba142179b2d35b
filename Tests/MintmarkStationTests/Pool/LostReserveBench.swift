// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCloud
import MintmarkCore
import MintmarkSandbox
import TestSupport

@testable import MintmarkStation

/// A label station that fills its pool over TLS from a virtual cloud, and loses replies.
struct LostReserveBench {
    private static let email = "maker7@acme.example"

    let cloud: VirtualCloud
    let proxy: FactoryProxy
    let pool: PoolBench
    let clock: HurriedClock

    /// `settings` are switches of the cloud; without them its search shows reserved DSNs.
    static func with(
        pool limits: String = "pool: { low: 8, refill: 5, most: 10 }", _ settings: [String] = ["D29=yes"],
        _ work: (LostReserveBench) async throws -> Void
    ) async throws {
        let user = MintmarkSandbox.CloudUser(
            email: email, password: secret("Qq7solder"), oemID: "0dfc7900", roles: [.moduleManufacturer],
            uuid: "5a9db0c5-0000-4000-8000-000000000009")
        let accounts = CloudAccounts(
            tenants: [
                CloudTenant(
                    oemID: "0dfc7900", oemSecret: secret("x"), kind: .moduleManufacturer, isModuleManufacturer: true)
            ], users: [user], apps: [CloudApp(id: "acmefab-id", secret: secret("acmefab-x1y2z3"))])
        var configuration = VirtualCloud.Configuration(accounts: accounts)
        for setting in settings { try configuration.switches.set(setting) }
        try await VirtualCloud.running(configuration) { cloud, url in
            let folder = try TemporaryFolder()
            var settings = CloudSettings(
                environment: CloudEnvironment(region: .us, deployment: .dev),
                endpoints: CloudEndpoints(user: url, factoryProxy: url),
                caFile: try folder.write("ca.pem", cloud.caPEM), softwareVersion: "1.0")
            settings.module = .blackBox
            settings.limits.signInPause = .zero
            let login =
                #"{"email":"\#(email)","password":"Qq7solder","app_id":"acmefab-id","app_secret":"acmefab-x1y2z3"}"#
            let proxy = try FactoryProxy(settings, user: MintmarkCloud.CloudUser(secret(login)))
            do {
                let clock = HurriedClock()
                let bench = LostReserveBench(
                    cloud: cloud, proxy: proxy, pool: try await PoolBench(limits, cloud: proxy, clock: clock),
                    clock: clock)
                try await work(bench)
                try await bench.pool.close()
                await proxy.shutdown()
            } catch {
                await proxy.shutdown()
                throw error
            }
        }
    }

    /// Fills the pool; the reply to this one of its requests is lost.
    func lose(_ fault: CloudFault.Kind, request: Int = 2) async throws {
        cloud.inject(CloudFault(fault, at: .reserve, .number(request)))
        await pool.station.refill.once()
    }

    /// Lets time pass, then gives this session's refill, or that of a new one, an occasion.
    func later(_ time: Duration = .seconds(601), in refill: Refiller? = nil) async throws {
        try await clock.sleep(until: clock.now + time)
        await (refill ?? pool.station.refill).once()
    }

    /// The refill of a session that begins now.
    func session() -> Refiller {
        let (outside, model) = (pool.station.outside, PoolBench.model)
        return Refiller(model: model, limits: pool.station.file.pool, outside: outside) { count in
            _ = try await Station.reserveBatch(count, of: model, actor: "refill", outside)
        }
    }

    /// `search 200`, or `search -` for a connection that was cut, in their order.
    var exchanges: [String] {
        cloud.journal.entries.map { "\($0.route.rawValue) \($0.status.map(String.init) ?? "-")" }
    }

    var searches: [String] { exchanges.filter { $0.hasPrefix("search") } }

    /// The alarms that the pool is not filled.
    var alarms: [String] { pool.notices.filter { $0.contains("is not filled") } }

    private static func secret(_ text: String) -> SharedSecret {
        SharedSecret(Secret(count: text.utf8.count) { $0.copyBytes(from: text.utf8) })
    }
}
