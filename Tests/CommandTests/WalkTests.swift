// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkLedger
import MintmarkSandbox
import TestSupport
import Testing

@Suite("The walk of a unit, by the command line", .timeLimit(.minutes(2)))
struct WalkTests {
    private func json(_ line: String) throws -> JSONObject { try JSONParser.object(Array(line.utf8)) }

    private func finished(_ result: Tool.Result) throws -> [JSONObject] {
        try result.lines.map(json).filter { $0["event"]?.text == "run.finished" }
    }

    @Test("a blank module leaves two stations labelled, configured and registered, and everyone tells the same of it")
    func walk() async throws {
        let factory = try await Rehearsal(units: 2)
        for kind in ["label", "config"] {
            #expect(try await Tool.run("station", "init", factory.station(kind)).status == 0)
        }
        #expect(try await Tool.run("dsn", "reserve", "--station", factory.station("label"), "--count", "3").status == 0)
        for kind in ["label", "config"] {
            let result = try await Tool.run(
                "provision", "--station", factory.station(kind), "--json", "--wait", "--operator", "op7", "--batch",
                "b1")
            #expect(result.status == 0, "\(result.output)\(result.errors)")
            for report in try finished(result) { try await compare(report, kind, factory) }
        }
        let account = try LedgerReader(at: factory.ledger("label")).account()
        #expect(account.isBalanced && account.counts[.registered] == 2 && account.counts[.free] == 1)
        for kind in ["label", "config"] {
            #expect(try await Tool.run("ledger", "verify", factory.station(kind)).output.contains("CONSISTENT"))
        }
    }

    /// JSON line, manufacturing log, ledger, cloud and the unit itself.
    private func compare(_ report: JSONObject, _ kind: String, _ factory: Rehearsal) async throws {
        #expect(report["outcome"]?.text == "pass")
        let dsn = try report.dsn("dsn")
        let (mac, hwsig, time) = (try report.text("mac"), try report.text("hwsig"), Int64(try report.integer("time")))
        let slot = try #require(report["slot"]?.text.flatMap { Int($0.dropFirst()) })

        let unit = factory.bench.state(of: slot)
        #expect(unit.mac == mac && unit.hwsig == hwsig)
        #expect(unit.saved.id["serial"] == dsn.description)
        #expect(unit.saved.mode == (kind == "label" ? "setup" : "user"))

        let device = try #require(factory.cloud.device(dsn))
        #expect(device.mac == mac && device.hwsig == hwsig && device.domAt == UTCTime.isoText(seconds: time))
        #expect(device.state == (kind == "label" ? .manufactured : .provisioned))
        #expect(device.manufactures == 1 && device.provisions == (kind == "label" ? 0 : 1))

        let reader = try LedgerReader(at: factory.ledger(kind))
        let history = try #require(try reader.unit(named: dsn.description))
        #expect(
            history.unit.badge == .registered && history.unit.outcome == .pass && history.unit.mac.description == mac)
        let result = try #require(history.entries.first { $0.type == .runResult })
        let record = try result.payload(RunResult.self).record
        #expect(result.context.actor == "op7" && result.context.batch == "b1")
        #expect(record.time == time && ManufacturingLogLine.text(record) == report["log"]?.text)

        let name = "\(factory.folder)/log-\(kind)"
        #expect(
            try await Tool.run("ledger", "export", factory.station(kind), "--format", "mfg-log-3", "-o", name).status
                == 0)
        let log = try String(contentsOfFile: "\(name)-us.log", encoding: .utf8)
        #expect(try log.split(separator: "\n").contains(Substring(report.text("log"))))

        if kind == "config" {
            #expect(unit.saved.oem == "0dfc7900" && unit.saved.oemModel == "plug-a1" && unit.saved.region == "US")
            #expect(device.oem == "0dfc7900" && device.oemModel == "plug-a1")
            #expect(record.oemID == "0dfc7900" && record.oemModel == "plug-a1")
            #expect(factory.cloud.judge(oemKey: unit.saved.oemKey, dsn: dsn) == .accepted)
        }
    }

    @Test("a dry run saves nothing on the unit, registers nothing and logs config_test")
    func dryRun() async throws {
        let factory = try await Rehearsal(units: 1)
        for kind in ["label", "config"] { try await Tool.run("station", "init", factory.station(kind)) }
        try await Tool.run("dsn", "reserve", "--station", factory.station("label"), "--count", "1")
        try await Tool.run("provision", "--station", factory.station("label"), "--wait")
        let before = factory.bench.state(of: 1).saved
        let result = try await Tool.run("provision", "--station", factory.station("config"), "--dry-run", "--json")
        #expect(result.status == 0)
        #expect(try finished(result).first?["log"]?.text?.contains(",config_test,0,") == true)
        #expect(factory.bench.state(of: 1).saved == before)
        #expect(factory.cloud.devices.allSatisfy { $0.state != .provisioned })
    }

    @Test("more units than slots: the next one is taken when it boots, the same one is not taken twice")
    func presence() async throws {
        let factory = try await Rehearsal(units: 1)
        try await Tool.run("station", "init", factory.station("label"))
        try await Tool.run("dsn", "reserve", "--station", factory.station("label"), "--count", "2")
        let tool = try RunningTool(
            "provision", "--station", factory.station("label"), "--count", "2", "--json", "--wait")
        let first = try #require(await tool.event("run.finished"))
        #expect(try await tool.event("slot.waiting") != nil)
        factory.bench.powerCycle(1)
        var next = Rehearsal.fast(SandboxUnits.blank(count: 2)[1])
        next.bootTime = 200_000
        factory.bench.swap(1, with: ParkedModule(next))
        let second = try #require(await tool.event("run.finished"))
        #expect(second["mac"]?.text == next.mac)
        #expect(first["dsn"]?.text != second["dsn"]?.text && second["outcome"]?.text == "pass")
        #expect(await tool.ended().status == 0)
    }
}
