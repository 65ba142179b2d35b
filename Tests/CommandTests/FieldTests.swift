// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkLedger
import MintmarkSandbox
import TestSupport
import Testing

@Suite("Field deployments", .timeLimit(.minutes(2)))
struct FieldTests {
    private func fieldStation() async throws -> (factory: Rehearsal, station: String) {
        let factory = try await Rehearsal(units: 1)
        try await Tool.run("station", "init", factory.station("label"))
        return (factory, factory.station("label"))
    }

    private func reserve(_ station: String) async throws -> Tool.Result {
        try await Tool.run("dsn", "reserve", "--station", station, "--count", "1")
    }

    @Test("nothing is sent to one before a person has confirmed it, once; who did stands in the ledger")
    func confirm() async throws {
        let (factory, station) = try await fieldStation()
        try factory.edit("label", "deployment: dev", "deployment: field")
        let first = try await reserve(station)
        #expect(first.status == 50 && first.errors.contains("station confirm STATION-FILE us/field"), "\(first.errors)")
        #expect(factory.cloud.journal.entries.isEmpty)
        #expect(try await Tool.run("station", "confirm", station, "us/dev").status == 64)
        for _ in 1...2 {
            let confirmed = try await Tool.run("station", "confirm", station, "us/field", "--operator", "lead-1")
            #expect(confirmed.status == 0, "\(confirmed.errors)")
        }
        let entries = try LedgerReader(at: factory.ledger("label")).entries(type: .fieldConfirmed)
        #expect(entries.map(\.context.actor) == ["lead-1"])
        let body = try #require(entries.first).payload(FieldConfirmed.self)
        #expect(body == FieldConfirmed(oemID: "0dfc7900", environment: "us/field"))
        // The sandbox behind it is found out at its first answer.
        let sandbox = try await reserve(station)
        #expect(sandbox.status == 30 && sandbox.errors.contains("[sandbox-mix-up]"), "\(sandbox.errors)")
        // Another account is another question.
        try factory.edit("label", "\"0dfc7900\"", "\"5a1dc0de\"")
        #expect(try await reserve(station).status == 50)
    }

    @Test("a ledger that was filled by a sandbox never gets there")
    func rehearsed() async throws {
        let (factory, station) = try await fieldStation()
        #expect(try await reserve(station).status == 0)
        try await Tool.run("provision", "--station", station, "--wait")
        try factory.edit("label", "deployment: dev", "deployment: field")
        let result = try await Tool.run("station", "confirm", station, "us/field")
        #expect(result.status == 30 && result.errors.contains("filled with a sandbox's DSNs"), "\(result.errors)")
        #expect(try LedgerReader(at: factory.ledger("label")).entries(type: .fieldConfirmed).isEmpty)
    }
}
