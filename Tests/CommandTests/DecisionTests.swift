// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkLedger
import MintmarkSandbox
import TestSupport
import Testing

@Suite("What a person decides on a unit or a DSN", .timeLimit(.minutes(2)))
struct DecisionTests {
    /// A label station with a pool of three.
    private func factory(_ faults: [UnitFault] = []) async throws -> Rehearsal {
        let factory = try await Rehearsal(units: 1, faults: [1: faults])
        try await Tool.run("station", "init", factory.station("label"))
        try await Tool.run("dsn", "reserve", "--station", factory.station("label"), "--count", "3")
        return factory
    }

    private func provision(_ factory: Rehearsal) async throws -> Tool.Result {
        try await Tool.run("provision", "--station", factory.station("label"), "--json", "--wait")
    }

    private func decide(_ factory: Rehearsal, _ words: String...) async throws -> Tool.Result {
        try await Tool.run(
            words + ["--station", factory.station("label"), "--operator", "lead-1", "--reason", "looked at it"])
    }

    private func entries(_ factory: Rehearsal, _ type: EntryType) throws -> [Entry] {
        try LedgerReader(at: factory.ledger("label")).entries(type: type)
    }

    @Test("a unit whose cable was pulled while it was written goes on with the DSN it had, once it was read back")
    func release() async throws {
        let factory = try await factory([UnitFault(.unplug, at: "file start")])
        let first = try await provision(factory)
        #expect(first.status == 11, "\(first.errors)")
        try factory.bench.replug(1)
        let again = try await provision(factory)
        #expect(again.status == 11 && again.output.contains("unit-quarantined"), "\(again.output)")
        let resolved = try await decide(factory, "unit", "resolve", "--slot", "S1")
        #expect(resolved.status == 0 && resolved.errors.contains("may go on: run it again"), "\(resolved.errors)")
        let release = try #require(try entries(factory, .unitRelease).first)
        let body = try release.payload(UnitRelease.self)
        #expect(body.reason == "looked at it" && release.context.actor == "lead-1" && release.context.slot == "S1")
        #expect(body.readBack?.mac.description == factory.bench.state(of: 1).mac)
        let last = try await provision(factory)
        #expect(last.status == 0, "\(last.errors)")
        #expect(try entries(factory, .dsnAssigned).count == 1)
        #expect(factory.bench.state(of: 1).saved.id["dev_id"] == body.dsn?.description)
    }

    @Test("a DSN that is given up with its unit never comes back, and the unit gets another one")
    func burn() async throws {
        let factory = try await factory([UnitFault(.unplug, at: "file start")])
        #expect(try await provision(factory).status == 11)
        try factory.bench.replug(1)
        let resolved = try await decide(factory, "unit", "resolve", "--slot", "S1", "--burn")
        #expect(resolved.status == 0, "\(resolved.errors)")
        let burned = try #require(try entries(factory, .dsnBurned).first).payload(DSNBurned.self)
        #expect(try await provision(factory).status == 0)
        let given = try entries(factory, .dsnAssigned).map { try $0.payload(DSNAssigned.self).dsn }
        #expect(given.count == 2 && given.first == burned.dsn && given.last != burned.dsn)
        let shown = try await Tool.run("unit", "show", burned.dsn.description, "--ledger", factory.ledger("label"))
        #expect(shown.status == 0 && shown.output.contains("dsn.burned"), "\(shown.output)")
        let stats = try await Tool.run("ledger", "stats", factory.ledger("label"))
        #expect(stats.status == 0 && stats.output.contains("burned 1"), "\(stats.output)")
    }

    @Test("a unit that is not set aside, or was never seen, is not resolved, and nothing is recorded")
    func nothingToDecide() async throws {
        let factory = try await factory()
        let strange = try await decide(factory, "unit", "resolve", "--slot", "S1")
        #expect(strange.status == 50 && strange.errors.contains("was never seen"), "\(strange.errors)")
        #expect(try await provision(factory).status == 0)
        let passed = try await decide(factory, "unit", "resolve", "--slot", "S1")
        #expect(passed.status == 50 && passed.errors.contains("is not set aside"), "\(passed.errors)")
        #expect(try entries(factory, .unitRelease).isEmpty && entries(factory, .unitQuarantine).isEmpty)
    }

    @Test("a lost reserve is settled once, and both verifiers count with it")
    func settle() async throws {
        let factory = try await factory()
        factory.cloud.inject(try CloudFault(text: "drop-after-commit@reserve"))
        let lost = try await Tool.run("dsn", "reserve", "--station", factory.station("label"), "--count", "7")
        #expect(lost.status == 30 && lost.errors.contains("ALARM"), "\(lost.errors)")
        let account = { try LedgerReader(at: factory.ledger("label")).account() }
        #expect(try account().unknown == 7)
        #expect(try await decide(factory, "dsn", "settle", "no-such-request").status == 64)
        let settled = try await decide(factory, "dsn", "settle", "--all")
        #expect(settled.status == 0 && settled.errors.contains("7 DSNs are no longer unknown"), "\(settled.errors)")
        #expect(try account().unknown == 0 && account().isBalanced)
        let bundle = "\(factory.folder)/bundle"
        try await Tool.run("ledger", "export", factory.ledger("label"), "--bundle", bundle)
        let verified = try await Child.run("/usr/bin/python3", ["-I", "verify.py"], in: bundle)
        #expect(verified.status == 0 && verified.output.contains("unknown 0"), "\(verified.output)")
        #expect(try await Tool.run("ledger", "verify", factory.ledger("label")).status == 0)
    }

    @Test("free DSNs are returned all or none; a registered one is neither returned nor burned")
    func ends() async throws {
        let factory = try await factory()
        #expect(try await provision(factory).status == 0)
        let dsns = try entries(factory, .dsnReserved).map { try $0.payload(DSNReserved.self).dsn.description }
        let mixed = try await decide(factory, "dsn", "return", dsns[1], dsns[0])
        #expect(mixed.status == 50 && mixed.errors.contains("nothing was returned"), "\(mixed.errors)")
        #expect(try entries(factory, .dsnReturned).isEmpty)
        #expect(try await decide(factory, "dsn", "burn", dsns[0]).status == 50)
        #expect(try await decide(factory, "dsn", "return", dsns[1], dsns[2]).status == 0)
        let stats = try await Tool.run("ledger", "stats", factory.ledger("label"))
        #expect(stats.output.contains("registered 1 + burned 0 + returned 2"), "\(stats.output)")
        let bundle = "\(factory.folder)/bundle"
        try await Tool.run("ledger", "export", factory.ledger("label"), "--bundle", bundle)
        let verified = try await Child.run("/usr/bin/python3", ["-I", "verify.py"], in: bundle)
        #expect(verified.status == 0, "\(verified.output) \(verified.errors)")
    }
}
