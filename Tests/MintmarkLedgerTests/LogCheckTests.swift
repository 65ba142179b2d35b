// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkLedger
import TestSupport
import Testing

@Suite("A manufacturing log against the ledger", .timeLimit(.minutes(1)))
struct LogCheckTests {
    /// What a check found, each finding in a word or two.
    private struct Checked {
        let words: [String]
        let report: LogCheckReport
    }

    private static func check(
        _ reader: LedgerReader, _ text: String, region: CloudEnvironment.Region? = nil, _ filter: ExportFilter = .all
    ) throws -> Checked {
        var log = ManufacturingLogReader()
        let found = Found()
        let report = try reader.checkManufacturingLog(
            region: region, filter,
            read: { take throws(MintmarkError) in
                try log.feed(Array(text.utf8), take)
                try log.finish(take)
            }, tell: { found.findings.append($0) })
        return Checked(words: found.findings.map(word), report: report)
    }

    private final class Found {
        var findings: [LogFinding] = []
    }

    private static func word(_ finding: LogFinding) -> String {
        switch finding {
        case .differs(let line, _, let differences):
            "\(line.number) " + differences.map { "\($0.field) \($0.log)/\($0.ledger)" }.joined(separator: " ")
        case .noRun(let line): "\(line.number) no run"
        case .repeats(let line, _, let first): "\(line.number) repeats \(first)"
        case .unreadable(let number, _): "\(number) unreadable"
        case .noLine(let run): "no line \(run.record.dsn?.description.suffix(1) ?? "-") \(run.region)"
        case .remark(let number, _): "\(number) remark"
        }
    }

    /// Units 1 to 3; unit 2 failed before it passed.
    private static func filled(retryAfter seconds: Int64 = 60) async throws -> LedgerFixture {
        let fixture = try LedgerFixture()
        let ledger = try await fixture.open()
        for number in 1...3 {
            try await ledger.append(try UnitLife.reserved(number))
            var life = UnitLife(number: number)
            if number == 3 { life.batch = "b-3" }
            if number == 2 {
                try await ledger.append(life.opened(), try life.seen(), try life.assigned(), try life.ended(.fail))
                life.attempt = 2
                life.time += seconds
            }
            try await ledger.commit { [life] _ in
                Decision(number == 2 ? [life.opened(), try life.seen(), try life.ended()] : try life.whole())
            }
        }
        try await ledger.close()
        return fixture
    }

    private static func log(
        _ fixture: borrowing LedgerFixture, _ format: ManufacturingLogFormat = .v3
    ) throws -> [String] {
        let reader = try LedgerReader(at: fixture.path)
        let logs = try reader.exportManufacturingLog(format, to: fixture.folder.path, name: "log")
        return try String(contentsOfFile: try #require(logs.first).path, encoding: .utf8)
            .split(separator: "\n").map(String.init)
    }

    @Test("what was exported agrees, in every format and any order", arguments: ManufacturingLogFormat.allCases)
    func agrees(format: ManufacturingLogFormat) async throws {
        let fixture = try await Self.filled(retryAfter: 0)
        let lines = try Self.log(fixture, format)
        #expect(lines.count == 4)
        for text in [lines, lines.reversed()] {
            let checked = try Self.check(try LedgerReader(at: fixture.path), text.joined(separator: "\r\n"))
            #expect(checked.words.isEmpty && checked.report.isAgreeing && checked.report.agreeing == 4)
        }
    }

    @Test("each line that was changed, removed, added or repeated is found") func found() async throws {
        let fixture = try await Self.filled()
        let (reader, lines) = (try LedgerReader(at: fixture.path), try Self.log(fixture))
        func words(_ change: (inout [String]) -> Void) throws -> [String] {
            var changed = lines
            change(&changed)
            let checked = try Self.check(reader, changed.joined(separator: "\n"))
            #expect(checked.report.isAgreeing == checked.words.isEmpty)
            return checked.words
        }
        #expect(try words { $0[0].replace("hw-1", with: "hw-9") } == ["1 hwsig hw-9/hw-1"])
        #expect(
            try words { $0[0].replace("AC000W100000001", with: "AC000W100000009") }
                == ["1 dsn AC000W100000009/AC000W100000001"])
        #expect(
            try words { $0[0].replace("AC000W100000001", with: "AC000W100000002") }
                == ["1 dsn AC000W100000002/AC000W100000001"])
        #expect(try words { $0[1].replace(",52,", with: ",0,") } == ["2 err_code 0/52"])
        #expect(try words { $0.remove(at: 3) } == ["no line 3 us"])
        #expect(try words { $0.removeAll() } == ["no line 1 us", "no line 2 us", "no line 2 us", "no line 3 us"])
        #expect(try words { $0.append($0[0]) } == ["5 repeats 1"])
        #expect(
            try words {
                $0.append($0[0].replacing("AC000W100000001", with: "AC000W100000009").replacing("021", with: "025"))
            } == ["5 no run"])
        #expect(try words { $0[3] += "," } == ["4 unreadable", "no line 3 us"])
        #expect(try words { $0[3].replace(",label,", with: ",config,") } == ["no line 3 us"])
    }

    @Test("lines of other stations and without a DSN are counted as what they are") func others() async throws {
        let fixture = try await Self.filled()
        var lines = try Self.log(fixture)
        lines.append(lines[0].replacing(",label,", with: ",verify,"))
        lines.append("3,1773739800,2026/03/17 09:30:00 UTC,label,52,,,,,,,no answer,,,,")
        let checked = try Self.check(try LedgerReader(at: fixture.path), lines.joined(separator: "\n"))
        #expect(checked.words == ["6 no run"])
        #expect(checked.report.ofOthers == [ManufacturingRecord.Status.verify: 1] && checked.report.lines == 6)
    }

    @Test("filter and region say which runs must have a line; another region's log is not this run's") func scope()
        async throws
    {
        let fixture = try await Self.filled()
        let (reader, lines) = (try LedgerReader(at: fixture.path), try Self.log(fixture))
        #expect(try Self.check(reader, "", ExportFilter(batch: "b-3")).words == ["no line 3 us"])
        #expect(try Self.check(reader, lines[3], ExportFilter(batch: "b-3")).report.isAgreeing)
        #expect(try Self.check(reader, lines[0], ExportFilter(batch: "b-3")).words == ["no line 3 us"])
        #expect(try Self.check(reader, lines.joined(separator: "\n"), region: .us).report.isAgreeing)
        #expect(try Self.check(reader, "", region: .eu).report.isAgreeing)
        #expect(try Self.check(reader, lines[0], region: .eu).words == ["1 region eu/us"])
    }

    @Test("setup keys are counted and never compared") func setupKeys() async throws {
        let fixture = try await Self.filled()
        let lines = try Self.log(fixture, .v4).map { $0 + "canary" }
        let checked = try Self.check(try LedgerReader(at: fixture.path), lines.joined(separator: "\n"))
        #expect(checked.report.isAgreeing && checked.report.setupKeys == 4)
    }

    @Test("tables of another version are not compared with") func otherTables() async throws {
        let fixture = try await Self.filled()
        try fixture.alter("UPDATE meta SET value = value + 1 WHERE name = 'projections'")
        #expect(await code { try Self.check(try LedgerReader(at: fixture.path), "") } == .ledgerFault)
    }
}
