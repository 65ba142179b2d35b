// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import MintmarkCore
import MintmarkLedger
import MintmarkStation

struct LedgerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger", abstract: "Read, verify and export a station's ledger.",
        discussion: "LEDGER is the SQLite file itself, or a station file that names it.",
        subcommands: [Show.self, Verify.self, Stats.self, Export.self])

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print entries.", discussion: "One line an entry; with --json the stored bytes themselves.")

        @Argument(help: "Ledger or station file.") var ledger: String
        @Option(help: "First entry, by number; without it the last --limit entries.") var from: Int64?
        @Option(help: "At most so many entries.") var limit = 50
        @Option(name: .customLong("run"), help: "Only this run.") var runID: String?
        @Option(help: "Only this unit: DSN, hardware signature or MAC address.") var unit: String?
        @Option(help: "Only this type.") var type: EntryType?
        @OptionGroup var json: JSONOption

        func run() throws {
            let reader = try LedgerReader(at: LedgerPath.of(ledger))
            let isFiltered = runID != nil || unit != nil || type != nil
            let first = try from ?? (isFiltered ? 0 : max(0, reader.summary().size - Int64(limit)))
            let entries = try reader.entries(first..<Int64.max, run: runID, unit: unit, type: type, limit: limit)
            for entry in entries {
                Terminal.output(json.isOn ? String(decoding: entry.bytes, as: UTF8.self) : entry.line)
            }
        }
    }

    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check a ledger from its first entry to its last.",
            discussion: """
                Hashes every entry again, compares every stored root with the tree, and compares the tables with a
                replay of the entries. It shows that the file agrees with itself; that no tail was cut off takes a head
                kept elsewhere.
                """)

        @Argument(help: "Ledger or station file.") var ledger: String
        @OptionGroup var json: JSONOption

        func run() throws {
            let report = try LedgerVerifier(at: LedgerPath.of(ledger)).verify()
            if json.isOn {
                Terminal.output(CanonicalJSON.text(report.json))
            } else {
                for line in report.lines { Terminal.output(line) }
            }
            if !report.isIntact { throw ExitCode(ExitStatus.ledgerFault.rawValue) }
        }
    }

    struct Stats: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the sum over all DSNs and the counts of runs.",
            discussion: "Ends with status 40 when a DSN is missing from the sum.")

        @Argument(help: "Ledger or station file.") var ledger: String
        @OptionGroup var json: JSONOption

        func run() throws {
            let reader = try LedgerReader(at: LedgerPath.of(ledger))
            let (summary, account) = (try reader.summary(), try reader.account())
            let outcomes = Dictionary(grouping: try reader.runs(), by: \.outcome).mapValues(\.count)
            if json.isOn {
                var object: JSONObject = [
                    "entries": .integer(summary.size), "log": .string(summary.log), "root": .string(summary.root),
                    "station": .string(summary.station), "reserved": .number(account.reserved),
                    "unknown": .number(account.unknown), "balanced": .bool(account.isBalanced),
                ]
                for state in DSNRecord.State.allCases { object[state.rawValue] = .number(account.counts[state] ?? 0) }
                var runs = JSONObject()
                for outcome in Outcome.allCases { runs[outcome.rawValue] = .number(outcomes[outcome] ?? 0) }
                object["runs"] = .object(runs)
                Terminal.output(CanonicalJSON.text(object))
            } else {
                Terminal.output("station \(summary.station), log \(summary.log), \(summary.size) entries")
                Terminal.output("root \(summary.root)")
                Terminal.output(account.description)
                let runs = Outcome.allCases.map { "\(outcomes[$0] ?? 0) \($0.rawValue)" }.joined(separator: ", ")
                Terminal.output("runs: \(runs)")
            }
            if !account.isBalanced { throw ExitCode(ExitStatus.ledgerFault.rawValue) }
        }
    }

    struct Export: ParsableCommand {
        enum Format: String, ExpressibleByArgument, CaseIterable {
            case unitsCSV = "units-csv"
            case runsCSV = "runs-csv"
            case jsonl
            case manufacturingLog = "mfg-log-3"
        }

        static let configuration = CommandConfiguration(
            abstract: "Write the ledger out as files.",
            discussion: """
                units-csv and runs-csv: a line a unit or a run, safe to open in a spreadsheet. jsonl: every entry as it is
                stored. mfg-log-3: the manufacturing log, one file for each cloud region, OUTPUT-us.log and so on.
                """)

        @Argument(help: "Ledger or station file.") var ledger: String
        @Option(help: "units-csv, runs-csv, jsonl or mfg-log-3.") var format: Format
        @Option(name: .shortAndLong, help: "File to write; with mfg-log-3 the beginning of its name.") var output:
            String

        func run() throws {
            let reader = try LedgerReader(at: LedgerPath.of(ledger))
            switch format {
            case .unitsCSV: tell(try reader.exportCSV(.units, to: output), output)
            case .runsCSV: tell(try reader.exportCSV(.runs, to: output), output)
            case .jsonl: tell(try reader.exportJSONL(to: output), output)
            case .manufacturingLog:
                let path = StationFiles.absolute(output) as NSString
                let files = try reader.exportManufacturingLog(
                    to: path.deletingLastPathComponent, name: path.lastPathComponent)
                for file in files { Terminal.error(file.path) }
            }
        }

        private func tell(_ lines: Int64, _ path: String) { Terminal.error("\(lines) lines: \(path)") }
    }
}

extension EntryType: ExpressibleByArgument {}

/// A ledger given by itself or by its station file.
enum LedgerPath {
    static func of(_ path: String) throws(MintmarkError) -> String {
        path.hasSuffix(".yaml") || path.hasSuffix(".yml") ? try StationFiles.station(path).ledger : path
    }
}

extension Entry {
    /// `12  2026-03-17T09:30:00Z  run.result  AC000W…  A1  {"outcome":"pass",…}`
    var line: String {
        let body = CanonicalJSON.text(body)
        return [
            String(stamp.sequence), UTCTime.isoText(seconds: stamp.time / 1_000_000), type.rawValue,
            context.unit ?? "-", context.slot ?? "-", body.count > 200 ? body.prefix(200) + "…" : body,
        ].joined(separator: "  ")
    }
}

extension VerificationReport {
    var lines: [String] {
        var lines = [
            "station \(station), log \(log)", "entries \(entries), intact \(intact), roots compared \(roots)",
            "root \(root)",
        ]
        lines.append("tables against a replay of the entries: \(projections.rawValue)")
        lines += findings.map { finding in finding.sequence.map { "entry \($0): \(finding.what)" } ?? finding.what }
        if findingCount > findings.count { lines.append("and \(findingCount - findings.count) more") }
        lines.append(isIntact ? "CONSISTENT" : "BROKEN\(firstBad.map { ": good up to entry \($0 - 1)" } ?? "")")
        return lines
    }

    var json: JSONObject {
        [
            "entries": .integer(entries),
            "findings": .array(
                findings.map { .object(["entry": .number($0.sequence), "text": .string($0.what)]) }),
            "first_bad": .number(firstBad), "intact": .integer(intact), "log": .string(log),
            "projections": .string(projections.rawValue), "root": .string(root), "roots": .integer(roots),
            "station": .string(station), "verdict": isIntact ? "consistent" : "broken",
        ]
    }
}
