// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import MintmarkCore
import MintmarkLedger

struct UnitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unit", abstract: "What the ledger knows of one unit.", subcommands: [Show.self])

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show a unit and every entry about it.")

        @Argument(help: "DSN, hardware signature or MAC address.") var unit: String
        @Option(name: .customLong("ledger"), help: "Ledger or station file.") var ledger: String
        @OptionGroup var json: JSONOption

        func run() throws {
            guard let history = try LedgerReader(at: LedgerPath.of(ledger)).unit(named: unit) else {
                throw MintmarkError(
                    .badInput, "the ledger knows no unit \(unit)",
                    next: "Give a DSN, a hardware signature or a MAC address.")
            }
            if json.isOn {
                for entry in history.entries { Terminal.output(String(decoding: entry.bytes, as: UTF8.self)) }
                return
            }
            let record = history.unit
            Terminal.output("unit     \(record.hardware)")
            Terminal.output("DSN      \(record.dsn?.description ?? "none")")
            Terminal.output("MAC      \(record.mac)")
            Terminal.output("runs     \(record.runs), last \(record.outcome?.rawValue ?? "open")")
            Terminal.output("cloud    \(record.badge.shown)")
            if let reason = record.quarantine { Terminal.output("SET ASIDE  \(reason)") }
            for entry in history.entries { Terminal.output(entry.line) }
        }
    }
}
