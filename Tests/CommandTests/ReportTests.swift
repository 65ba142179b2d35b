// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import TestSupport
import Testing

@Suite("ledger report and doctor", .timeLimit(.minutes(2)))
struct ReportTests {
    private func station() async throws -> (factory: Rehearsal, station: String) {
        let factory = try await Rehearsal(units: 1)
        let station = factory.station("label")
        try await Tool.run("station", "init", station)
        return (factory, station)
    }

    @Test("writes the page and prints the same as one JSON line; status 40 for a broken ledger") func report()
        async throws
    {
        let (factory, station) = try await station()
        let page = "\(factory.folder)/report.html"
        let made = try await Tool.run("ledger", "report", station, "-o", page, "--json")
        #expect(made.status == 0, "\(made.errors)")
        #expect(made.errors == "CONSISTENT: no head from outside the factory was given\n")
        let lines = made.output.split(separator: "\n")
        let json = try JSONParser.object(Array(try #require(lines.first).utf8))
        #expect(lines.count == 1 && json["verification"]?.object?["verdict"] == "consistent")
        let html = try String(contentsOfFile: page, encoding: .utf8)
        #expect(html.hasPrefix("<!DOCTYPE html>") && html.contains("test-label"))
        let printed = try await Tool.run("ledger", "report", station, "-o", "-", "--since", "2020-01-01")
        #expect(printed.status == 0 && printed.output.hasPrefix("<!DOCTYPE html>"))
        #expect(printed.output.contains("2020-01-01T00:00:00Z"))
        let head = "\(factory.folder)/head"
        try await Tool.run("ledger", "checkpoint", station, "-o", head)
        #expect(try await Tool.run("ledger", "report", station, "--json", "--head", head).output.contains("proven"))
        #expect(try await Tool.run("ledger", "report", station).status == 64)
        #expect(try await Tool.run("ledger", "report", station, "--json", "--until", "yesterday").status == 64)
        try await SQLite.run(
            factory.ledger("label"),
            "DROP TRIGGER entry_no_update",
            "UPDATE entry SET body = replace(body, 'test-', 'best-') WHERE seq = 1")
        let broken = try await Tool.run("ledger", "report", station, "-o", page)
        #expect(broken.status == 40 && broken.errors == "BROKEN: good up to entry 0\n")
        #expect(try String(contentsOfFile: page, encoding: .utf8).contains("First bad entry: 1."))
    }

    @Test("doctor tells how far heads cover the ledger, and what is wrong with key and head file") func doctor()
        async throws
    {
        let (factory, station) = try await station()
        let (key, file) = ("\(factory.folder)/secrets/head-key-label", "\(factory.folder)/secrets/label.head")
        func findings() async throws -> [String: JSONObject] {
            let output = try await Tool.run("doctor", "--station", station, "--json").output
            let objects = try output.split(separator: "\n").map { try JSONParser.object(Array($0.utf8)) }
            return Dictionary(uniqueKeysWithValues: objects.map { ($0["check"]?.text ?? "", $0) })
        }
        let well = try await findings()
        for check in ["heads", "head key", "head file"] { #expect(well[check]?["verdict"] == "good", "\(check)") }
        #expect(well["heads"]?["text"]?.text?.hasSuffix(" s old; nothing behind it") == true)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key)
        #expect(try await findings()["head key"]?["verdict"] == "bad")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
        // The ledger as it was, while the head file has seen more of it.
        let old = try Data(contentsOf: URL(fileURLWithPath: factory.ledger("label")))
        try await Tool.run("ledger", "checkpoint", station, "--sign")
        try old.write(to: URL(fileURLWithPath: factory.ledger("label")))
        let rolledBack = try await findings()["head file"]
        #expect(rolledBack?["text"]?.text?.contains("rolled back") == true, "\(String(describing: rolledBack))")
        try FileManager.default.removeItem(atPath: file)
        #expect(try await findings()["head file"]?["verdict"] == "bad")
        try factory.edit("label", "  head-key: file:../secrets/head-key-label\n", "")
        try factory.edit("label", "head: ../secrets/label.head\n", "")
        let unsigned = try await findings()
        #expect(unsigned["heads"]?["verdict"] == "warning" && unsigned["head file"] == nil)
    }
}
