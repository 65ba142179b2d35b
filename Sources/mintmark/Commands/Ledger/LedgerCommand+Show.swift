// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import MintmarkCore
import MintmarkLedger

extension LedgerCommand {
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
}

extension EntryType: ExpressibleByArgument {}

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
