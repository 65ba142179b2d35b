// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import MintmarkCore
import MintmarkLedger

extension LedgerCommand {
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
                With --bundle instead: one folder with all that an auditor needs to verify the log without this program,
                up to the newest signed head; HOWTO-VERIFY.txt in it says how.
                """)

        @Argument(help: "Ledger or station file.") var ledger: String
        @Option(help: "units-csv, runs-csv, jsonl or mfg-log-3.") var format: Format?
        @Option(name: .shortAndLong, help: "File to write; with mfg-log-3 the beginning of its name.") var output:
            String?
        @Option(help: "Folder to write the auditor's bundle to; it must not exist.") var bundle: String?

        func validate() throws {
            guard (bundle == nil) == (format != nil), (format == nil) == (output == nil) else {
                throw ValidationError("Give --format and --output, or --bundle.")
            }
        }

        func run() throws {
            let reader = try LedgerReader(at: LedgerPath.of(ledger))
            if let bundle { return tell(try reader.exportBundle(to: StationFiles.absolute(bundle)), bundle) }
            guard let format, let output else { return }
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
