// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkLedger
import MintmarkSandbox
import TestSupport
import Testing

@Suite("A station that is lost and replaced", .timeLimit(.minutes(2)))
struct ReplaceTests {
    /// A label station with a mirror that lacks the last two units.
    private func lost() async throws -> (factory: Rehearsal, held: [ParkedModule]) {
        let factory = try await Rehearsal(units: 2)
        try factory.edit("label", "slots:", "mirror: ../mirror\nslots:")
        let station = factory.station("label")
        let made = try await Tool.run("station", "init", station)
        #expect(made.status == 0 && made.errors.contains("Mirror of the ledger"), "\(made.errors)")
        try await Tool.run("dsn", "reserve", "--station", station, "--count", "6")
        try await Tool.run("provision", "--station", station, "--wait")
        let lag = try await Tool.run("ledger", "mirror", "--station", station, "--status")
        #expect(lag.status == 0 && lag.output.contains("the mirror has all"), "\(lag.output)\(lag.errors)")
        let mirror = factory.folder + "/mirror"
        try FileManager.default.moveItem(atPath: mirror, toPath: mirror + "-kept")
        let blanks = SandboxUnits.blank(count: 6).map(Rehearsal.fast)
        let held = (1...2).map { factory.bench.swap($0, with: ParkedModule(blanks[$0 + 1])) }
        let alone = try await Tool.run("provision", "--station", station, "--wait")
        #expect(alone.status == 0 && alone.errors.contains("there is no mirror in"), "\(alone.errors)")
        for name in ["", "-wal", "-shm"] {
            try FileManager.default.moveItem(
                atPath: factory.ledger("label") + name, toPath: factory.folder + "/dead.sqlite" + name)
        }
        return (factory, held)
    }

    @Test("goes on from the mirror: units of its lost end are found again, and no DSN is given twice") func replace()
        async throws
    {
        let (factory, held) = try await lost()
        let station = factory.station("label")
        let missing = try await Tool.run("provision", "--station", station)
        #expect(missing.status == 40 && missing.errors.contains("ledger-missing"))
        let mirror = factory.folder + "/mirror"
        try FileManager.default.moveItem(atPath: mirror + "-kept", toPath: mirror)
        let done = try await Tool.run("station", "replace", station, "--from", mirror, "--operator", "lead")
        #expect(done.status == 0 && done.errors.contains("LOST: the head file is over"), "\(done.errors)")
        let again = try await Tool.run("station", "replace", station, "--from", mirror, "--operator", "lead")
        #expect(again.status == 64 && again.errors.contains("exists already"), "\(again.errors)")
        // The pool is dry; the two units in the slots show DSNs that the ledger lost.
        let found = try await Tool.run("provision", "--station", station, "--wait")
        #expect(found.status == 0, "\(found.errors)")
        try await Tool.run("dsn", "reserve", "--station", station, "--count", "2")
        let blanks = SandboxUnits.blank(count: 6).map(Rehearsal.fast)
        let lostEnd = (1...2).map { factory.bench.swap($0, with: ParkedModule(blanks[$0 + 3])) }
        let fresh = try await Tool.run("provision", "--station", station, "--wait")
        #expect(fresh.status == 0, "\(fresh.errors)")

        let modules = (held + lostEnd).map(\.state) + (1...2).map { factory.bench.state(of: $0) }
        #expect(Set(modules.compactMap { $0.saved.id["serial"] }).count == 6)
        #expect(Set(modules.compactMap { $0.saved.id["mfg_serial"] }).count == 6)
        #expect(factory.cloud.devices.allSatisfy { $0.manufactures <= 1 })
        let account = try LedgerReader(at: factory.ledger("label")).account()
        #expect(account.isBalanced && account.counts[.registered] == 6 && account.counts[.unknown] == 2)
        let verified = try await Tool.run("ledger", "verify", mirror)
        #expect(verified.status == 0 && verified.output.contains("CONSISTENT"), "\(verified.output)")
        let stats = try await Tool.run("ledger", "stats", station)
        #expect(stats.output.contains("the mirror has all") && stats.output.contains("unknown 2"), "\(stats.output)")
        try await verifyBundle(factory)
    }

    @Test("the old disk turns up: its ledger tells where the lost DSNs are, and only a ledger that fits is taken")
    func reconcile() async throws {
        let (factory, _) = try await lost()
        let (station, old) = (factory.station("label"), factory.folder + "/dead.sqlite")
        let mirror = factory.folder + "/mirror-kept"
        try await Tool.run("station", "replace", station, "--from", mirror, "--operator", "lead")
        let other = try await Tool.run(
            "station", "replace", station, "--reconcile", factory.ledger("label"), "--operator", "lead")
        #expect(other.status == 64 && other.errors.contains("holds log"), "\(other.errors)")
        let done = try await Tool.run("station", "replace", station, "--reconcile", old, "--operator", "lead")
        #expect(done.status == 0 && done.errors.contains("4 DSNs found"), "\(done.errors)")
        let account = try LedgerReader(at: factory.ledger("label")).account()
        #expect(account.isBalanced && account.description.contains("unknown 0"), "\(account.description)")
        #expect(account.counts[.registered] == 4 && account.counts[.free] == 2)
        let twice = try await Tool.run("station", "replace", station, "--reconcile", old, "--operator", "lead")
        #expect(twice.status == 0 && twice.errors.contains("0 DSNs found"), "\(twice.errors)")
        // The units in the slots are known again: they are read back and keep what they have.
        let seen = try await Tool.run("provision", "--station", station, "--wait")
        #expect(seen.status == 0, "\(seen.errors)")
        #expect(factory.cloud.devices.allSatisfy { $0.manufactures <= 1 })
        #expect(try LedgerReader(at: factory.ledger("label")).account() == account)
        #expect(try await Tool.run("ledger", "verify", station).status == 0)
    }

    @Test("a DSN that was burned here, and is on a unit by the old disk's ledger, is told until a person looks")
    func conflict() async throws {
        let (factory, _) = try await lost()
        let (station, old) = (factory.station("label"), factory.folder + "/dead.sqlite")
        let mirror = factory.folder + "/mirror-kept"
        try await Tool.run("station", "replace", station, "--from", mirror, "--operator", "lead")
        let (here, there) = (try LedgerReader(at: factory.ledger("label")).dsns(), try LedgerReader(at: old).dsns())
        let registered = Set(there.filter { $0.state == .registered }.map(\.dsn))
        let lost = try #require(here.first { $0.state == .unknown && registered.contains($0.dsn) })
        let name = lost.dsn.description
        try await Tool.run("dsn", "burn", name, "--station", station, "--reason", "nobody has it")
        for found in [3, 0] {
            let done = try await Tool.run("station", "replace", station, "--reconcile", old, "--operator", "lead")
            #expect(done.status == 40 && done.errors.contains("\(found) DSNs found"), "\(done.errors)")
            let line = "CONFLICT: DSN \(name) is registered on unit"
            #expect(done.errors.contains(line) && done.errors.contains("burned here"), "\(done.errors)")
        }
    }

    /// Three verifiers take the bundle of the continued log.
    private func verifyBundle(_ factory: Rehearsal) async throws {
        let bundle = factory.folder + "/bundle"
        let export = try await Tool.run("ledger", "export", factory.station("label"), "--bundle", bundle)
        #expect(export.status == 0, "\(export.errors)")
        #expect(try await Tool.run("ledger", "verify", bundle).status == 0)
        #expect(try await Tool.run("ledger", "verify", factory.station("label")).status == 0)
        let python = try await Shell.run("python3 -I verify.py --all-heads", in: bundle)
        #expect(python.status == 0 && python.output.contains("registered 6 + unknown 2"), "\(python.output)")
        let go = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Verifiers").path
        let third = try await Shell.run(
            "GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE='\(factory.folder)/cache' go run verify.go '\(bundle)'",
            in: go)
        #expect(third.status == 0, "\(third.output)")
    }

    @Test("a mirror is made on purpose only, and a station without one says so") func none() async throws {
        let factory = try await Rehearsal(units: 1)
        let station = factory.station("label")
        try await Tool.run("station", "init", station)
        let without = try await Tool.run("ledger", "mirror", "--station", station)
        #expect(without.status == 78 && without.errors.contains("names no mirror"))
        try factory.edit("label", "slots:", "mirror: ../mirror\nslots:")
        let away = try await Tool.run("ledger", "mirror", "--station", station)
        #expect(away.status == 20 && away.errors.contains("mirror-fault"), "\(away.errors)")
        let stats = try await Tool.run("ledger", "stats", station)
        #expect(stats.status == 0 && stats.output.contains("there is no mirror in"), "\(stats.output)")
        let json = try await Tool.run("ledger", "stats", station, "--json")
        #expect(json.status == 0 && json.output.contains("\"mirror_error\":\"there is no mirror in"), "\(json.output)")
        let new = try await Tool.run("ledger", "mirror", "--station", station, "--new", "--json")
        #expect(new.status == 0 && new.output.contains("\"mirror_missing\":0"), "\(new.output)\(new.errors)")
    }
}
