// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkLedger
import TestSupport
import Testing

@Suite("Exports with a filter", .timeLimit(.minutes(1)))
struct ExportFilterTests {
    /// Three units: on the first day in batch b-1, on the second in b-2, on the third in b-2 without success.
    private static func threeDays() async throws -> LedgerFixture {
        let fixture = try LedgerFixture()
        let ledger = try await fixture.open()
        for number in 1...3 {
            fixture.clock.set(try UTCMoment("2026-04-0\(number)T10:00:00Z").start)
            try await ledger.append(try UnitLife.reserved(number))
            var life = UnitLife(number: number)
            life.batch = number == 1 ? "b-1" : "b-2"
            try await ledger.commit { [life] _ in
                Decision(
                    number < 3
                        ? try life.whole()
                        : [life.opened(), try life.seen(), try life.assigned(), try life.ended(.fail)])
            }
        }
        try await ledger.close()
        return fixture
    }

    private static let cases: [(ExportFilter, [Int])] = {
        do {
            return [
                (.all, [1, 2, 3]),
                (ExportFilter(period: Period(since: try UTCMoment("2026-04-02"))), [2, 3]),
                (ExportFilter(period: Period(until: try UTCMoment("2026-04-02"))), [1, 2]),
                (
                    ExportFilter(
                        period: Period(since: try UTCMoment("2026-04-02"), until: try UTCMoment("2026-04-02"))), [2]
                ),
                (ExportFilter(period: Period(until: try UTCMoment("2026-04-02T10:00:00Z"))), [1]),
                (ExportFilter(period: Period(since: try UTCMoment("2026-04-03T11:00Z"))), []),
                (ExportFilter(batch: "b-2"), [2, 3]), (ExportFilter(batch: "b"), []),
                (ExportFilter(dsn: try UnitLife.dsn(2)), [2]), (ExportFilter(dsn: try UnitLife.dsn(9)), []),
                (ExportFilter(outcome: .pass), [1, 2]), (ExportFilter(outcome: .fail), [3]),
                (ExportFilter(batch: "b-2", outcome: .pass), [2]),
                (ExportFilter(period: Period(since: try UTCMoment("2026-04-03")), dsn: try UnitLife.dsn(2)), []),
            ]
        } catch { return [] }
    }()

    @Test("units, runs, entries and log lines are those of the day, batch, DSN and outcome given")
    func selection() async throws {
        let fixture = try await Self.threeDays()
        let reader = try LedgerReader(at: fixture.path)
        #expect(Self.cases.count == 14)
        for (filter, expected) in Self.cases {
            let dsns = try expected.map { try UnitLife.dsn($0).description }
            for table in CSVTable.allCases {
                let path = fixture.folder.file("\(table).csv")
                #expect(try reader.exportCSV(table, filter, to: path) == Int64(expected.count), "\(filter)")
                let text = try String(contentsOfFile: path, encoding: .utf8)
                let rows = text.components(separatedBy: "\r\n").dropFirst().dropLast()
                #expect(zip(rows, dsns).allSatisfy { $0.contains($1) }, "\(table) \(filter)")
            }
            let log = try reader.exportManufacturingLog(.v3, filter, to: fixture.folder.path, name: "log")
            #expect(log.map(\.lines) == (expected.isEmpty ? [] : [expected.count]), "\(filter)")

            let path = fixture.folder.file("entries.jsonl")
            try reader.exportJSONL(filter, to: path)
            let entries = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map {
                try Entry(bytes: Array($0.utf8))
            }
            let runs = entries.filter { $0.type == .runResult }.compactMap(\.context.unit)
            #expect(runs == dsns, "\(filter)")
        }
    }

    @Test("entries of a DSN are all about the unit, also from before it had one") func oneUnit() async throws {
        let fixture = try await Self.threeDays()
        let reader = try LedgerReader(at: fixture.path)
        let path = fixture.folder.file("entries.jsonl")
        #expect(try reader.exportJSONL(ExportFilter(dsn: try UnitLife.dsn(2)), to: path) == 10)
        #expect(try reader.exportJSONL(to: path) == reader.summary().size)
    }

    @Test("every cell is of the kind that its column promises, and no cell is empty that may not be")
    func kinds() async throws {
        let fixture = try await Self.threeDays()
        let reader = try LedgerReader(at: fixture.path)
        for table in CSVTable.allCases {
            let path = fixture.folder.file("\(table).csv")
            try reader.exportCSV(table, to: path)
            let text = try String(contentsOfFile: path, encoding: .utf8)
            for row in text.components(separatedBy: "\r\n").dropFirst().dropLast() {
                let cells = row.components(separatedBy: ",")
                #expect(cells.count == table.columns.count)
                for (cell, column) in zip(cells, table.columns) {
                    #expect(
                        cell.isEmpty ? column.isOptional : try column.kind.allows(cell), "\(column.name): \(cell)")
                }
            }
            #expect(table.columns.contains { $0.name == table.key && !$0.isOptional })
        }
    }
}

extension CSVColumn.Kind {
    fileprivate func allows(_ cell: String) throws -> Bool {
        switch self {
        case .text: true
        case .integer: Int64(cell) != nil
        case .time: try UTCMoment(cell).start > 0
        case .flag: cell == "0" || cell == "1"
        case .words(let words): words.contains(cell)
        case .pattern(let pattern): try Regex(pattern).wholeMatch(in: cell) != nil
        }
    }
}
