// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkLedger
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
        }
        let entries = try LedgerReader(at: factory.ledger("label")).entries()
        #expect(entries.last?.type == .sessionClose)
    }
}
