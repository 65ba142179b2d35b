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

    @Test(
        "no DSN on two units, none lost from the sum, none registered twice",
        arguments: [["label"], ["label", "config"]])
    func kill(kinds: [String]) async throws {
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
        try await check(modules, kinds, factory, reserved: count, seed: seed)
    }

    private func check(
        _ modules: [ModuleState], _ kinds: [String], _ factory: Rehearsal, reserved: Int, seed: UInt64
    ) async throws {
        let held = modules.compactMap { $0.saved.id["serial"] }
        #expect(Set(held).count == held.count, "a DSN sits on two units, seed \(seed)")
        for device in factory.cloud.devices {
            #expect(device.manufactures <= 1 && device.provisions <= 1, "\(device.dsn) twice, seed \(seed)")
        }
        let label = try LedgerReader(at: factory.ledger("label"))
        let account = try label.account()
        #expect(account.isBalanced && account.reserved == reserved, "\(account.description), seed \(seed)")
        for module in modules {
            guard let serial = module.saved.id["serial"] else { continue }
            let unit = try label.unit(named: module.hwsig)?.unit
            #expect(unit?.dsn?.description == serial, "unit \(module.hwsig) holds \(serial), seed \(seed)")
        }
        for kind in kinds {
            #expect(try LedgerVerifier(at: factory.ledger(kind)).verify().isIntact, "seed \(seed)")
            for unit in try LedgerReader(at: factory.ledger(kind)).units() where unit.outcome == .pass {
                let dsn = try #require(unit.dsn)
                let module = modules.first { $0.hwsig == unit.hardware }
                #expect(module?.saved.id["serial"] == dsn.description, "unit \(unit.hardware), seed \(seed)")
                // A module that was configured before its label was registered is refused by the cloud, and findable.
                guard kind == "label" || unit.badge != .refused else { continue }
                #expect(unit.badge == .registered, "unit \(unit.hardware), seed \(seed)")
                #expect(
                    factory.cloud.device(dsn)?.mac == unit.mac.description,
                    "unit \(unit.hardware), seed \(seed)")
            }
        }
    }
}
