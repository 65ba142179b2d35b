// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkLedger
import MintmarkSandbox
import TestSupport
import Testing

@Suite("A person at the terminal", .timeLimit(.minutes(1)))
struct TerminalTests {
    @Test("Ctrl-C and SIGTERM end the wait for the next unit at once, and the ledger is free again")
    func stopped() async throws {
        let factory = try await Rehearsal(units: 1)
        let station = factory.station("label")
        try await Tool.run("station", "init", station)
        try await Tool.run("dsn", "reserve", "--station", station, "--count", "2")
        let stops: [(ToolAtTerminal) -> Void] = [{ $0.press("\u{3}") }, { $0.terminate() }]
        for stop in stops {
            let tool = try ToolAtTerminal("provision", "--station", station, "--count", "2")
            try #require(await tool.waits(for: "change the unit and press Enter"), "\(tool.text)")
            stop(tool)
            #expect(await tool.ended() == 130, "\(tool.text)")
            // What became of the units until then.
            #expect(tool.text.contains("SLOT  DSN "), "\(tool.text)")
        }
        let entries = try LedgerReader(at: factory.ledger("label")).entries()
        #expect(entries.last?.type == .sessionClose)
    }

    @Test("a run that a person breaks off while the unit saves is read back by the next one, which goes on")
    func brokenOff() async throws {
        let factory = try await Rehearsal(units: 1, faults: [1: [UnitFault(.silence, at: "save")]])
        let station = factory.station("label")
        try await Tool.run("station", "init", station)
        try await Tool.run("dsn", "reserve", "--station", station, "--count", "2")
        let first = try RunningTool("provision", "--station", station, "--json")
        while let step = try await first.event("step.started"), step["step"] != "save" {}
        first.interrupt()
        let broken = await first.ended()
        #expect(broken.everything.contains(#""outcome":"indeterminate""#), "\(broken.everything)")
        let held = try #require(try LedgerReader(at: factory.ledger("label")).units().first)
        #expect(held.quarantine == "stopped by a person" && held.isInterrupted)
        // The same unit, which saved nothing, now with a voice.
        factory.bench.swap(1, with: ParkedModule(Rehearsal.fast(SandboxUnits.blank(count: 1)[0])))
        let second = try await Tool.run("provision", "--station", station)
        #expect(second.status == 0, "\(second.errors)")
        let unit = try #require(try LedgerReader(at: factory.ledger("label")).units().first)
        #expect(unit.outcome == .pass && unit.quarantine == nil && unit.dsn == held.dsn)
    }

    @Test("when no further unit can begin, the slot goes on showing its PASS and the reason stands beside it")
    func noFurtherUnit() async throws {
        let factory = try await Rehearsal(units: 1)
        let station = factory.station("label")
        try await Tool.run("station", "init", station)
        try await Tool.run("dsn", "reserve", "--station", station, "--count", "2")
        try factory.edit("label", "slots:", "offline: { units: 1 }\nslots:")
        factory.cloud.inject(CloudFault(.status(503, retryAfter: 600), at: .manufacture, .always))
        let tool = try ToolAtTerminal("provision", "--station", station, "--count", "2")
        #expect(await tool.waits(for: "no further unit: 1 units wait for the cloud"), "\(tool.text)")
        tool.press("\u{3}")
        _ = await tool.ended()
        #expect(tool.text.contains("S1  PASS  ") && !tool.text.contains("ERROR"), "\(tool.text)")
    }
}
