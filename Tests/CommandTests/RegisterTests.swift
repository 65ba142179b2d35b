// SPDX-License-Identifier: Apache-2.0
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
        let run = try await provision(factory, "--batch", "b7")
        #expect(run.status == 0, "\(run.errors)")
        let item = try #require(try LedgerReader(at: factory.ledger("label")).refusedRegistrations().first)
        let list = try await register(factory, "refused")
        #expect(list.output.contains("\(item.dsn)  S1    b7     20"), "\(list.output)")
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
