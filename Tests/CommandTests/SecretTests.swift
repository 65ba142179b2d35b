// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkSandbox
import TestSupport
import Testing

@Suite("No secret leaves its box", .timeLimit(.minutes(2)))
struct SecretTests {
    @Test("a canary is found raw, in hex and in base64 at any alignment")
    func canary() {
        let canary = Canary("x", Array("0123456789abcdef".utf8))
        for text in ["..0123456789abcdef..", "30313233343536373839616263646566"] {
            #expect(canary.isIn(Data(text.utf8)))
        }
        for lead in ["", "a", "ab", "abc"] {
            #expect(canary.isIn(Data(Base64.encode(Array("\(lead)0123456789abcdef tail".utf8)).utf8)))
        }
        #expect(!canary.isIn(Data("0123456789abcdeX".utf8)))
    }

    @Test("not in logs at trace level, JSON lines, ledger, transcripts, exports, arguments or environment")
    func run() async throws {
        // One unit loses a letter of the secret on the way, one repeats it in its refusal, one restarts inside it.
        let faults: [Int: [UnitFault]] = [
            1: [UnitFault(.lostLetter, at: "oem key ")], 2: [UnitFault(.logInLine, at: "oem key ")],
            3: [UnitFault(.resetMidDialog, at: "oem key ")],
        ]
        let factory = try await Rehearsal(units: 4, faults: faults, wifi: "WPA2_Personal")
        var seen = Data()
        for kind in ["label", "config"] { try await Tool.run("station", "init", factory.station(kind)) }
        try await Tool.run("dsn", "reserve", "--station", factory.station("label"), "--count", "4")
        for kind in ["label", "config"] {
            let tool = try RunningTool(
                "provision", "--station", factory.station(kind), "--json", "--wait", "--log-level", "trace")
            _ = try #require(await tool.event("run.opened"))
            for file in ["cmdline", "environ"] {
                seen += FileManager.default.contents(atPath: "/proc/\(tool.pid)/\(file)") ?? Data()
            }
            seen += Data(await tool.ended().everything.utf8)
        }
        for format in ["units-csv", "runs-csv", "jsonl", "mfg-log-3"] {
            try await Tool.run(
                "ledger", "export", factory.station("config"), "--format", format, "-o",
                "\(factory.folder)/var/\(format)")
        }
        try await Tool.run("ledger", "report", factory.station("config"), "-o", "\(factory.folder)/var/report.html")
        let doctor = try await Tool.run("doctor", "--station", factory.station("config"))
        seen += Data((doctor.output + doctor.errors).utf8)
        let files = try #require(FileManager.default.enumerator(atPath: factory.folder)).compactMap { $0 as? String }
        for file in files where !file.hasPrefix("secrets") && !file.hasPrefix("units") {
            seen += FileManager.default.contents(atPath: "\(factory.folder)/\(file)") ?? Data()
        }
        #expect(seen.count > 20_000)
        #expect(seen.range(of: Data("plug-a1".utf8)) != nil, "the search itself must work")
        for canary in try canaries(factory) { #expect(!canary.isIn(seen), "\(canary.name) leaked") }
    }

    private func canaries(_ factory: Rehearsal) throws -> [Canary] {
        var canaries: [Canary] = []
        for file in ["oem-secret", "spool-key"] {
            let data = try #require(FileManager.default.contents(atPath: "\(factory.folder)/secrets/\(file)"))
            canaries.append(Canary(file, Array(data)))
        }
        for kind in ["label", "config"] {
            let data = try #require(FileManager.default.contents(atPath: "\(factory.folder)/secrets/user-\(kind).json"))
            let object = try JSONParser.object(Array(data))
            for name in ["password", "app_secret"] {
                canaries.append(Canary("\(kind) \(name)", Array(try object.text(name).utf8)))
            }
        }
        for device in factory.cloud.devices {
            guard let key = device.wifiSetupKey else { continue }
            canaries.append(Canary("setup key of \(device.dsn)", key.withBytes { Array($0) }))
        }
        #expect(canaries.count > 6, "some units must have been given a Wi-Fi setup key")
        return canaries
    }
}
