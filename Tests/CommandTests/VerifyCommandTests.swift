// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkLedger
import MintmarkSandbox
import TestSupport
import Testing

@Suite("A unit's third station, by the command line", .timeLimit(.minutes(2)))
struct VerifyCommandTests {
    /// Units that are labelled and configured, and a template in the cloud that fits them.
    private func finished(units: Int) async throws -> Rehearsal {
        let factory = try await Rehearsal(units: units)
        factory.cloud.add(
            CloudTemplate(
                id: 41, name: "Plug", oem: "0dfc7900", oemModel: "plug-a1", version: "1.0",
                properties: [
                    .init("Blue_LED", .boolean, .input), .init("version", .string, .output, isHostVersion: true),
                ]))
        for kind in ["label", "config", "verify"] {
            #expect(try await Tool.run("station", "init", factory.station(kind)).status == 0)
        }
        let count = String(units)
        #expect(
            try await Tool.run("dsn", "reserve", "--station", factory.station("label"), "--count", count).status == 0)
        for kind in ["label", "config"] {
            let result = try await Tool.run("provision", "--station", factory.station(kind), "--json", "--wait")
            #expect(result.status == 0, "\(result.output)\(result.errors)")
        }
        return factory
    }

    private func verify(_ factory: Rehearsal, _ more: String...) async throws -> Tool.Result {
        try await Tool.run(["verify", "--station", factory.station("verify")] + more)
    }

    @Test("labelled, configured and verified over TLS, the unit stays a new one and its three stations tell one story")
    func walk() async throws {
        let factory = try await finished(units: 2)
        let result = try await verify(factory, "--json", "--operator", "op7")
        #expect(result.status == 0, "\(result.output)\(result.errors)")
        let runs = try result.lines.map { try JSONParser.object(Array($0.utf8)) }
            .filter { $0["event"]?.text == "run.finished" }
        #expect(runs.count == 2 && runs.allSatisfy { $0["outcome"]?.text == "pass" && $0["findings"] == nil })
        let dsn = try #require(runs.first).dsn("dsn")
        let twin = try #require(factory.cloud.twin(dsn))
        #expect(twin.activatedAt == nil && twin.template?.id == 41)
        let log = try #require(runs.first?["log"]?.text).split(separator: ",", omittingEmptySubsequences: false)
        #expect(log[3] == "verify" && log[4] == "0" && log[14] == "1")

        let ledgers = ["verify", "config", "label"].flatMap { ["--ledger", factory.ledger($0)] }
        let story = try await Tool.run(["unit", "show", dsn.description] + ledgers)
        let told = story.lines.filter { $0.contains("  pass") }.map { $0.split(separator: "  ")[1] }
        #expect(told == ["label", "config", "verify"], "\(story.output)")
        #expect(try await Tool.run("ledger", "verify", factory.station("verify")).output.contains("CONSISTENT"))

        let csv = try await Tool.run(
            "template", "properties", dsn.description, "--station", factory.station("verify"))
        #expect(
            csv.lines == [
                "base_type,direction,name,scope,ack_enabled", "boolean,input,Blue_LED,user,false",
                "string,output,version,user,false",
            ], "\(csv.errors)")
        let label = try await Tool.run(
            "template", "properties", dsn.description, "--station", factory.station("label"))
        #expect(label.status == 64 && label.errors.contains("does not look at twins"), "\(label.errors)")
    }

    @Test("a template that the cloud does not have is told as such; a cloud that is away is no unit's fault")
    func explains() async throws {
        let factory = try await finished(units: 1)
        try "name,base_type,direction,scope\nRed_LED,boolean,input,user\n".write(
            toFile: "\(factory.folder)/templates/product/properties.csv", atomically: true, encoding: .utf8)
        let missing = try await verify(factory)
        #expect(missing.status == 10, "\(missing.errors)")
        #expect(missing.errors.contains("properties: none of 1 is there"))
        let story = try await Tool.run("unit", "show", "0210f4a7c311", "--ledger", factory.ledger("verify"))
        #expect(
            story.output.contains("verify  test-verify S1  fail: properties: none of 1 is there"), "\(story.output)")

        try factory.edit("verify", "device: \"\(factory.url)\"", "device: \"https://127.0.0.1:1\"")
        let away = try await verify(factory)
        #expect(away.status == 30, "\(away.errors)")
        let wrong = try await Tool.run("provision", "--station", factory.station("verify"))
        #expect(wrong.status == 64 && wrong.errors.contains("mintmark verify"))
    }
}
