// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkLedger
import MintmarkSandbox
import TestSupport
import Testing

@Suite("kill -9 at every write, sync, name and send of a unit's walk", .timeLimit(.minutes(240)))
struct KillSweepTests {
    /// `make crash` sets MINTMARK_SWEEP to `all`.
    static let isWhole = ProcessInfo.processInfo.environment["MINTMARK_SWEEP"] == "all"
    /// Points of each sweep otherwise.
    static let sample = 4

    /// A factory grows with each point, and checking it takes longer.
    private static let pointsOfAFactory = 40

    @Test("loses nothing that was told, and the unit comes back")
    func walk() async throws { try await together(["label", "config"]) { try await Self.walk(kind: $0) } }

    private static func walk(kind: String) async throws {
        let seed = UInt64.random(in: 0..<1 << 32)
        var random = SplitMix64(seed: seed)
        var line = try await Line(kind, points: Self.pointsOfAFactory)
        let count = try await line.calls()
        var points = (1...count).flatMap { [(at: $0, act: CallShim.Act.kill), (at: $0, act: .tear)] }
        if !Self.isWhole { points = Array(points.shuffled(using: &random).prefix(Self.sample)) }
        say("kill sweep: \(kind), seed \(seed), \(points.count) points in \(count) calls")
        for (number, point) in points.enumerated() {
            if number > 0, number.isMultiple(of: Self.pointsOfAFactory) {
                try await line.audit("seed \(seed)")
                line = try await Line(kind, points: Self.pointsOfAFactory)
            }
            try await line.breakOff(point, "call \(point.at) \(point.act), seed \(seed)")
        }
        try await line.audit("seed \(seed)")
    }

    /// One slot, a station of each kind that is needed, and a module for every point.
    private final class Line {
        let factory: Rehearsal
        private let kinds: [String]
        private let kind: String
        private var blanks: [ModuleOptions]
        private var gone: [ParkedModule] = []
        private let reserved: Int

        init(_ kind: String, points: Int) async throws {
            self.kind = kind
            kinds = kind == "label" ? ["label"] : ["label", "config"]
            blanks = SandboxUnits.blank(count: points + 2).map(Rehearsal.fast)
            blanks.removeFirst()
            reserved = points + 2
            factory = try await Rehearsal(units: 1)
            for kind in kinds { try await Tool.run("station", "init", factory.station(kind)) }
            try await Tool.run("dsn", "reserve", "--station", factory.station("label"), "--count", String(reserved))
        }

        /// The next blank module; for a config station it is labelled first.
        func change() async throws {
            gone.append(factory.bench.swap(1, with: ParkedModule(blanks.removeFirst())))
            guard kind != "label" else { return }
            let result = try await Tool.run("provision", "--station", factory.station("label"), "--wait")
            try #require(result.status == 0, "\(result.errors)")
        }

        func provision(under shim: CallShim? = nil) async throws -> Child.Result {
            try await Tool.run(["provision", "--station", factory.station(kind), "--wait", "--json"], under: shim)
        }

        /// How many calls a walk that nobody breaks off makes.
        func calls() async throws -> Int {
            let log = "\(factory.folder)/calls"
            try await change()
            let result = try await provision(under: CallShim(log: log))
            try #require(result.status == 0, "\(result.errors)")
            return try CallRecord.read(log).count
        }

        /// Breaks a walk off at this call, resumes it, and compares what all who know of the unit say.
        func breakOff(_ point: (at: Int, act: CallShim.Act), _ note: String) async throws {
            try await change()
            let ledger = factory.ledger(kind)
            let broken = try await provision(under: CallShim(fault: point))
            // Another run has a few calls more or less.
            guard broken.isKilled else {
                #expect(broken.status == 0, "\(broken.errors), \(note)")
                return
            }
            let reports = broken.lines.compactMap { try? JSONParser.object(Array($0.utf8)) }
            for report in reports where report["event"]?.text == "run.finished" {
                let unit = try LedgerReader(at: ledger).unit(named: try report.text("dsn"))?.unit
                #expect(unit?.outcome.map(\.rawValue) == report["outcome"]?.text, "\(note)")
            }
            let resumed = try await provision()
            #expect(try LedgerVerifier(at: ledger).verify(replays: false).isIntact, "\(note)")
            let history = try LedgerReader(at: ledger).unit(named: factory.bench.state(of: 1).hwsig)
            let outcomes = try history?.entries.filter { $0.type == .runResult }.map {
                try $0.payload(RunResult.self).outcome
            }
            let said = "\(String(describing: outcomes)), \(resumed.output)\(resumed.errors), \(note)"
            #expect(outcomes?.contains(.pass) == true && history?.unit.badge == .registered, "\(said)")
        }

        func audit(_ note: String) async throws {
            for kind in kinds {
                let sent = try await Tool.run("register", "--pending", "--station", factory.station(kind))
                let verified = try await Tool.run("ledger", "verify", factory.station(kind))
                #expect(sent.status == 0 && verified.status == 0, "\(sent.errors)\(verified.output), \(note)")
            }
            let modules = gone.map(\.state) + [factory.bench.state(of: 1)]
            try FactoryAudit(factory: factory, kinds: kinds, reserved: reserved, note: note).check(modules)
        }
    }
}
