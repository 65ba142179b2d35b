// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkLedger
import MintmarkSandbox
import TestSupport

@testable import MintmarkStation

/// Label stations with ledgers and pools of their own, one cloud, and blank modules that are carried from one station
/// to another while power goes off, replies get lost and people burn and return DSNs.
final class Fleet {
    private let folder: TemporaryFolder
    private let bench: UnitBench
    private let cloud: FleetCloud
    private let stations: [FleetStation]
    private let units: Int
    private var random: SplitMix64
    /// All DSNs a module has shown, in the order in which it got them.
    private(set) var held: [Int: [String]] = [:]

    init(stations count: Int, units: Int, seed: UInt64) throws {
        folder = try TemporaryFolder()
        let place = folder.path
        var modules = SandboxUnits.blank(count: units, seed: seed)
        for index in modules.indices { modules[index] = Rehearsal.fast(modules[index]) }
        let bench = UnitBench(UnitBench.Configuration(folder: "\(place)/units", units: modules))
        try bench.start()
        let cloud = try FleetCloud(seed: seed)
        stations = try (1...count).map {
            try FleetStation("line-\($0)", in: place, units: (1...units).map(bench.path), cloud: cloud)
        }
        (self.bench, self.cloud, self.units) = (bench, cloud, units)
        random = SplitMix64(seed: seed)
    }

    deinit { bench.stop() }

    /// Fills the pools a little.
    func start() async throws {
        for station in stations { try await station.session { try await FleetAct.reserve(2).perform(on: $0) } }
    }

    /// Each station does one thing, all at once, on modules no other has.
    func round() async throws {
        var free = Array(1...units).shuffled(using: &random)
        var work: [(FleetStation, FleetAct, Int?)] = []
        for station in stations {
            let share = Array(free.suffix(Int.random(in: 0...2, using: &random)))
            free.removeLast(share.count)
            let offAfter = Bool.random(using: &random) ? Int.random(in: 1...80, using: &random) : nil
            work.append((station, FleetAct.any(on: share, using: &random), offAfter))
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (station, act, offAfter) in work {
                group.addTask { try await station.session(offAfter: offAfter) { try await act.perform(on: $0) } }
            }
            try await group.waitForAll()
        }
        for unit in 1...units {
            if Int.random(in: 0..<4, using: &random) == 0 { bench.powerCycle(unit) }
            let shown = bench.state(of: unit).saved.id["dev_id"] ?? ""
            if !shown.isEmpty, held[unit]?.last != shown { held[unit, default: []].append(shown) }
        }
    }

    /// What breaks a rule, in words; empty is all well.
    func violations() async throws -> [String] {
        // A last session without a power cut settles what the cuts left.
        for station in stations { try await station.session { _ in } }
        var found = await cloud.doubles.map { "DSN \($0) was registered for two units" }
        var (reserved, unknown) = (0, 0)
        var owners: [DSN: Set<String>] = [:]
        var burned: Set<DSN> = []
        for station in stations {
            let path = await station.ledger
            let reader = try LedgerReader(at: path)
            let account = try reader.account()
            if !account.isBalanced { found.append(account.description) }
            let sum = try await Self.sumByPython(reader, folder.file("entries.jsonl"))
            if sum != Self.line(account) { found.append("verify.py says \(sum) instead of \(Self.line(account))") }
            reserved += account.reserved
            unknown += account.unknown
            found += try LedgerVerifier(at: path).verify().findings.map(\.what)
            burned.formUnion(try reader.entries(type: .dsnBurned).map { try $0.payload(DSNBurned.self).dsn })
            var given: [String: [DSN]] = [:]
            for entry in try reader.entries(type: .dsnAssigned) {
                let body = try entry.payload(DSNAssigned.self)
                let unit = body.hwsig ?? body.mac
                owners[body.dsn, default: []].insert(unit)
                given[unit, default: []].append(body.dsn)
            }
            for (unit, dsns) in given {
                for dsn in Set(dsns).subtracting([dsns.last].compactMap(\.self)) where !burned.contains(dsn) {
                    found.append("unit \(unit) got another DSN although \(dsn) was not burned")
                }
            }
        }
        let issued = await cloud.issued
        // An unknown reserve may have taken what it asked for, or nothing.
        if !(reserved - unknown...reserved).contains(issued) {
            found.append("the cloud issued \(issued) DSNs, the ledgers account for \(reserved), \(unknown) unknown")
        }
        found += owners.filter { $0.value.count > 1 }.map { "DSN \($0.key) was given to \($0.value.sorted())" }
        found += try held.filter { try $0.value.dropLast().contains { try !burned.contains(DSN($0)) } }
            .map { "module \($0.key) held \($0.value)" }
        let now = held.compactMap(\.value.last)
        if Set(now).count != now.count { found.append("two modules hold one DSN: \(now.sorted())") }
        let registered = await cloud.devices.values.compactMap(\.hwsig)
        if Set(registered).count != registered.count { found.append("a unit was registered under two DSNs") }
        return found
    }

    /// The sum as the auditor's script counts it from the entries.
    private static func sumByPython(_ reader: LedgerReader, _ path: String) async throws -> String {
        try? FileManager.default.removeItem(atPath: path)
        _ = try reader.exportJSONL(.all, to: path)
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../Sources/MintmarkLedger/Bundle/Resources").standardizedFileURL.path
        let words = """
            import json, sys
            sys.dont_write_bytecode = True
            sys.path.insert(0, sys.argv[1])
            import verify
            account = verify.Account()
            for line in open(sys.argv[2]):
                entry = json.loads(line)
                account.apply(entry["type"], entry["body"], entry["seq"])
            print(account.line())
            """
        let result = try await Child.run("/usr/bin/python3", ["-c", words, script, path])
        return result.lines.last ?? result.errors
    }

    private static func line(_ account: DSNAccount) -> String {
        let terms = account.counts.filter { $0.key != .unknown && $0.value > 0 }.map {
            "\($0.key.rawValue) \($0.value)"
        }
        let unknown = account.unknown + (account.counts[.unknown] ?? 0)
        return "DSNs: reserved \(account.reserved) = "
            + (terms.sorted() + ["unknown \(unknown)"]).joined(separator: " + ")
    }

    /// How many modules hold a DSN, and how many DSNs are registered: a fleet that does nothing breaks no rule.
    var achieved: (labelled: Int, registered: Int) { get async { (held.count, await cloud.devices.count) } }
}
