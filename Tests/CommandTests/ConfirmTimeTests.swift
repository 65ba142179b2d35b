// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkLedger
import MintmarkStation
import TestSupport
import Testing

@Suite("A lead vouches for the clock", .timeLimit(.minutes(1)))
struct ConfirmTimeTests {
    @Test("with the time another clock shows: close enough it stands in the ledger, else nothing does")
    func confirm() async throws {
        let factory = try await Rehearsal(units: 1)
        let station = factory.station("label")
        try await Tool.run("station", "init", station)
        let now = SystemClock().wall / 1_000_000
        let late = try await confirm(station, UTCTime.isoText(seconds: now + 7200))
        #expect(late.status == 50, "\(late.errors)")
        #expect(late.errors.contains("behind the time you gave") && late.errors.contains("timedatectl set-time"))
        let day = try await confirm(station, "2026-03-17")
        #expect(day.status == 64 && day.errors.contains("is a day, not a time"), "\(day.errors)")
        #expect(try LedgerReader(at: factory.ledger("label")).entries(type: .clockConfirmed).isEmpty)
        let right = try await confirm(station, UTCTime.isoText(seconds: now))
        #expect(right.status == 0, "\(right.errors)")
        let entries = try LedgerReader(at: factory.ledger("label")).entries(type: .clockConfirmed)
        #expect(entries.map(\.context.actor) == ["lead-1"])
        #expect(try entries.map { try $0.payload(ClockConfirmed.self).shown } == [now * 1_000_000])
    }

    private func confirm(_ station: String, _ time: String) async throws -> Tool.Result {
        try await Tool.run("station", "confirm-time", station, time, "--operator", "lead-1")
    }
}
