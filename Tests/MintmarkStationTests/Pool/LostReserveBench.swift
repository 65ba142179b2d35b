// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCloud
import MintmarkCore
import MintmarkSandbox
import TestSupport

@testable import MintmarkStation

/// A label station that fills its pool over TLS from a virtual cloud, and loses replies.
struct LostReserveBench {
    let cloud: VirtualCloud
    let proxy: FactoryProxy
    let pool: PoolBench
    let clock: HurriedClock

    /// `settings` are switches of the cloud; without them its search shows reserved DSNs.
    static func with(
        pool limits: String = "pool: { low: 8, refill: 5, most: 10 }", _ settings: [String] = ["D29=yes"],
        _ work: (LostReserveBench) async throws -> Void
    ) async throws {
        try await ClientOfCloud.with(
            oemID: "0dfc7900", .moduleManufacturer, .moduleManufacturer, .blackBox, switches: settings
        ) { cloud, proxy, _ in
            let clock = HurriedClock()
            let bench = LostReserveBench(
                cloud: cloud, proxy: proxy, pool: try await PoolBench(limits, cloud: proxy, clock: clock),
                clock: clock)
            try await work(bench)
            try await bench.pool.close()
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
}
