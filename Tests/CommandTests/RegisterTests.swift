// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkLedger
import MintmarkSandbox
import TestSupport
import Testing

@Suite("Registrations, by the command line", .timeLimit(.minutes(2)))
struct RegisterTests {
    @Test("a unit that the cloud refuses is found by slot, batch and time until it is listed no more")
    func refused() async throws {
        let factory = try await factory()
        let none = try await register(factory, "refused")
        #expect(none.status == 0 && none.output == "" && none.errors.contains("No registration is refused."))
        factory.cloud.inject(try CloudFault(text: "AFS-608@manufacture"))
        let run = try await provision(factory, "--batch", "b7", "--carton", "c-12")
        #expect(run.status == 30, "\(run.errors)")
        let item = try #require(try LedgerReader(at: factory.ledger("label")).refusedRegistrations().first)
        let list = try await register(factory, "refused")
        #expect(list.output.contains("\(item.dsn)  S1    b7     c-12    20"), "\(list.output)")
        #expect(list.output.contains("422 AFS-608 04.03.2025 is not valid"), "\(list.output)")
        let json = try JSONParser.parse(Array(try await register(factory, "refused", "--json").output.utf8.dropLast()))
        #expect(json == .object(item.json))
    }

    @Test("without a cloud the unit passes and the command says that its registration waits; later it is sent")
    func noCloud() async throws {
        let factory = try await factory()
        factory.cloud.inject(try CloudFault(text: "status-503@manufacture#0"))
        let run = try await provision(factory, "--patience", "1")
        #expect(run.status == 31, "\(run.errors)")
        let pending = try await register(factory, "send", "--pending", "--patience", "1")
        #expect(pending.status == 31, "\(pending.errors)")
        factory.cloud.clearFaults()
        let sent = try await register(factory, "send", "--pending")
        #expect(sent.status == 0, "\(sent.errors)")
        #expect(try LedgerReader(at: factory.ledger("label")).registrations().map(\.badge) == [.registered])
    }

    @Test(
        "after the cure a refused unit is sent again by name or with all, and is registered; status counts each unit once"
    )
    func again() async throws {
        let factory = try await factory()
        factory.cloud.inject(try CloudFault(text: "AFS-608@manufacture"))
        #expect(try await provision(factory).status == 30)
        let none = try await register(factory, "again", "AC000W999999999", "--reason", "x")
        #expect(none.status == 50 && none.errors.contains("is not refused"), "\(none.errors)")
        let sent = try await register(
            factory, "again", "--all-refused", "--reason", "the clock was set", "--operator", "lead-1")
        #expect(sent.status == 0 && sent.errors.contains("registered"), "\(sent.errors)")
        let intents = try LedgerReader(at: factory.ledger("label")).entries(type: .registerIntent)
        #expect(intents.count == 2 && intents.last?.context.actor == "lead-1")
        #expect(try intents.last?.payload(RegisterIntent.self).reason == "the clock was set")
        #expect(intents.last?.context.ref == [try #require(intents.first).stamp.sequence])
        let status = try await register(factory, "status")
        #expect(status.output.contains("1  registered") && status.output.contains("0  refused"), "\(status.output)")
        #expect(status.output.contains("no unit waits for the cloud\n0 free DSNs, pace unknown"), "\(status.output)")
    }

    @Test("with as much waiting as the station file allows no further run begins: status 50, and no unit is touched")
    func full() async throws {
        let factory = try await factory()
        try factory.edit("label", "slots:", "offline: { units: 1 }\nslots:")
        factory.cloud.inject(try CloudFault(text: "status-503@manufacture#0"))
        #expect(try await provision(factory, "--patience", "0").status == 31)
        let refused = try await provision(factory)
        #expect(refused.status == 50 && refused.errors.contains("[outbox-full]"), "\(refused.errors)")
        #expect(try LedgerReader(at: factory.ledger("label")).entries(type: .runOpen).count == 1)
        let doctor = try await Tool.run("doctor", "--station", factory.station("label"))
        #expect(doctor.output.contains("the station file allows 1 units"), "\(doctor.output)")
    }

    @Test("where the cloud cannot be reached an upload carries what waits, and its result log settles it")
    func upload() async throws {
        let factory = try await factory()
        factory.cloud.inject(try CloudFault(text: "status-503@manufacture#0"))
        #expect(try await provision(factory, "--patience", "0").status == 31)
        let folder = "\(factory.folder)/upload"
        let exported = try await register(factory, "export", folder)
        #expect(exported.status == 0 && exported.output.hasPrefix("1 lines: "), "\(exported.errors)")
        let reader = try LedgerReader(at: factory.ledger("label"))
        let dsn = try #require(try reader.registrations().first).dsn
        let line = try String(contentsOfFile: "\(folder)/test-label-upload-us.log", encoding: .utf8)
        #expect(line.hasPrefix("3,") && line.contains(",label,0,AY001MTP1,\(dsn),"), "\(line)")
        let requests = "\(folder)/test-label-upload.requests"
        for output in ["\(dsn)  registered", "0 registered, 0 refused"] {
            let taken = try await register(factory, "import", "--requests", requests, "--none-refused")
            #expect(taken.status == 0 && taken.errors.contains(output), "\(taken.errors)")
        }
        #expect(try reader.entries(type: .registerResult).count == 1)
        #expect(try await register(factory, "export", folder).status == 64)
        let again = try await register(factory, "export", "\(folder)-2")
        #expect(again.output.hasPrefix("0 units: "), "\(again.output)")
    }

    @Test("a dry pool is filled before the first unit, and the rest beside the runs")
    func refill() async throws {
        let factory = try await Rehearsal(units: 1)
        try await Tool.run("station", "init", factory.station("label"))
        try factory.edit("label", "slots:", "pool: { low: 3, refill: 2, most: 4 }\nslots:")
        let run = try await provision(factory)
        #expect(run.status == 0 && run.errors.contains("free DSNs, pace unknown"), "\(run.errors)")
        let reader = try LedgerReader(at: factory.ledger("label"))
        #expect(try reader.freeDSNs(model: "AY001MTP1") == 3)
        let verified = try await Tool.run("ledger", "verify", factory.ledger("label"))
        #expect(verified.status == 0, "\(verified.errors)")
    }

    private func factory() async throws -> Rehearsal {
        let factory = try await Rehearsal(units: 1)
        try await Tool.run("station", "init", factory.station("label"))
        try await Tool.run("dsn", "reserve", "--station", factory.station("label"), "--count", "1")
        return factory
    }

    private func provision(_ factory: Rehearsal, _ options: String...) async throws -> Tool.Result {
        try await Tool.run(["provision", "--station", factory.station("label"), "--wait"] + options)
    }

    private func register(_ factory: Rehearsal, _ words: String...) async throws -> Tool.Result {
        try await Tool.run(["register"] + words + ["--station", factory.station("label")])
    }
}
