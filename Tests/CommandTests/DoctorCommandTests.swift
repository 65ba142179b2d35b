// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import TestSupport
import Testing

@Suite("mintmark doctor and regions", .timeLimit(.minutes(2)))
struct DoctorCommandTests {
    private func objects(_ output: String) throws -> [JSONObject] {
        try output.split(separator: "\n").map { try JSONParser.object(Array($0.utf8)) }
    }

    @Test("a station that is ready has no bad finding, in less than five seconds; the rehearsal stays on this machine")
    func ready() async throws {
        let factory = try await Rehearsal(units: 1)
        let station = factory.station("label")
        try await Tool.run("station", "init", station)
        try await Tool.run("dsn", "reserve", "--station", station, "--count", "3")
        let start = ContinuousClock.now
        let result = try await Tool.run("doctor", "--station", station, "--all", "--json")
        let took = ContinuousClock.now - start
        #expect(result.status == 0 && took < .seconds(5), "\(took) \(result.output)")
        let found = Dictionary(
            try objects(result.output).map { ($0["check"]?.text ?? "", $0) }, uniquingKeysWith: { first, _ in first })
        for check in [
            "station file", "template", "port S1", "disk", "disk sync", "sqlite", "ledger", "heads", "outbox",
            "cloud user", "cloud factory-proxy", "cloud others", "sign-in",
        ] { #expect(found[check]?["verdict"] == "good", "\(check): \(String(describing: found[check]))") }
        #expect(found["pool"]?["text"] == "3 free DSNs, pace unknown" && found["pool"]?["verdict"] == "warning")
        #expect(found["cloud user"]?["text"]?.text?.contains("certificate good for 2") == true)
    }

    @Test("a cloud that is not there and a broken station file are findings with their exit status")
    func broken() async throws {
        let factory = try await Rehearsal(units: 1)
        let station = factory.station("label")
        try await Tool.run("station", "init", station)
        try factory.edit("label", factory.url, "https://127.0.0.1:1")
        let dead = try await Tool.run("doctor", "--station", station, "--json")
        let user = try objects(dead.output).first { $0["check"] == "cloud user" }
        #expect(dead.status == 20)
        #expect(user?["text"] == "TCP: no connection to 127.0.0.1:1 at 127.0.0.1: Connection refused")
        try factory.edit("label", "kind: label", "kind: lable")
        let unread = try await Tool.run("doctor", "--station", station, "--json")
        #expect(unread.status == 78)
        #expect(try objects(unread.output).map { $0["check"] } == ["station file"])
    }

    @Test("regions lists the directory; what the guide does not name is marked and off")
    func regions() async throws {
        let all = try objects(try await Tool.run("regions", "--json").output)
        #expect(all.count == ServiceDirectory.hosts.count)
        #expect(all.filter { $0["enabled"] == false }.count == 12)
        let one = try await Tool.run("regions", "--region", "us", "--deployment", "dev", "--service", "factory-proxy")
        #expect(
            one.output.split(separator: "\n").last == "factory-proxy  -       us/dev  https://api-dev.aylanetworks.com")
        let off = try await Tool.run("regions", "--service", "iot-command-center")
        for line in off.output.split(separator: "\n").dropFirst() {
            #expect(line.hasSuffix("  off: not in the guide, only in Ayla API browser (api-browser-008.js)"), "\(line)")
        }
        #expect(try await Tool.run("regions", "--region", "mars").status == 64)
    }
}
