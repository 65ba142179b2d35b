// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkLedger
import MintmarkSandbox
import TestSupport
import Testing

@Suite("kill -9 at random points", .timeLimit(.minutes(10)))
struct KillTests {
    /// `make crash` sets MINTMARK_KILLS to 200.
    static let kills = ProcessInfo.processInfo.environment["MINTMARK_KILLS"].flatMap { Int($0) } ?? 12

    @Test("no DSN on two units, none lost from the sum, none registered twice")
    func kill() async throws {
        try await together([["label"], ["label", "config"]]) { try await Self.kill(kinds: $0) }
    }

    private static func kill(kinds: [String]) async throws {
        let seed = UInt64.random(in: 0..<1 << 32)
        var random = SplitMix64(seed: seed)
        let factory = try await Rehearsal(units: 2)
        for kind in ["label", "config"] { try await Tool.run("station", "init", factory.station(kind)) }
        let count = Self.kills * 2 + 2
        try await Tool.run("dsn", "reserve", "--station", factory.station("label"), "--count", String(count))
        factory.cloud.inject(CloudFault(.dropAfterCommit, at: .manufacture, .chance(15)))
        factory.cloud.inject(CloudFault(.dropAfterCommit, at: .provision, .chance(15)))
        let blanks = SandboxUnits.blank(count: count).map(Rehearsal.fast)
        var next = 2
        var parked: [ParkedModule] = []
        var killed = 0
        for round in 0..<Self.kills {
            let kind = kinds[round % kinds.count]
            if try await Tool.runAndKill(
                ["provision", "--station", factory.station(kind), "--wait"],
                after: Int.random(in: 20_000..<600_000, using: &random))
            {
                killed += 1
            }
            // A unit may stay and be seen again, or make room for a new one; a config station gets no blank ones.
            for number in 1...2 where kind == kinds.last && Bool.random(using: &random) {
                parked.append(factory.bench.swap(number, with: ParkedModule(blanks[next])))
                next += 1
            }
        }
        #expect(killed > 0, "nothing was killed, seed \(seed)")
        factory.cloud.clearFaults()
        // Everyone comes back once and all that waits is sent.
        for kind in kinds { _ = try await Tool.run("provision", "--station", factory.station(kind), "--wait") }
        for kind in kinds {
            let sent = try await Tool.run("register", "--pending", "--station", factory.station(kind))
            #expect(sent.status == 0, "seed \(seed): \(sent.errors)")
        }
        let modules = parked.map(\.state) + (1...2).map { factory.bench.state(of: $0) }
        try FactoryAudit(factory: factory, kinds: kinds, reserved: count, note: "seed \(seed)").check(modules)
    }
}
