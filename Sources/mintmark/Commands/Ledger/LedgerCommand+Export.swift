// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import MintmarkCore
import MintmarkLedger
import MintmarkStation

extension LedgerCommand {
    struct Export: AsyncParsableCommand {
        enum Format: String, ExpressibleByArgument, CaseIterable {
            case unitsCSV = "units-csv"
            case runsCSV = "runs-csv"
            case jsonl
            case manufacturingLog2 = "mfg-log-2"
            case manufacturingLog3 = "mfg-log-3"
            case manufacturingLog4 = "mfg-log-4"
        }

        static let configuration = CommandConfiguration(
            abstract: "Write the ledger out as files.",
            discussion: """
                units-csv and runs-csv: a line a unit or a run, safe to open in a spreadsheet. jsonl: every entry as it is \
                stored. mfg-log-2, -3, -4: the manufacturing log, one file for each cloud region, OUTPUT-us.log and so on. \
                With --bundle instead: one folder with all that an auditor needs to verify the log without this program, \
                up to the newest signed head; HOWTO-VERIFY.txt in it says how. A head is signed first when LEDGER is the station \
                file and no session runs.

                mfg-log-4 carries the Wi-Fi setup keys that still wait for their registration, in files that only their \
                owner can read: LEDGER is the station file, which says where the spool key is.

                The filters narrow every format: a run counts by its begin; a unit by whether one of its runs is in the \
                period and the batch. jsonl with a filter is a selection for reading, not the evidence: the root can be \
                computed from all entries only. A bundle is always whole.
                """)

        @Argument(help: "Ledger or station file.") var ledger: String
        @Option(help: "units-csv, runs-csv, jsonl, mfg-log-2, mfg-log-3 or mfg-log-4.") var format: Format?
        @Option(name: .shortAndLong, help: "File to write; with mfg-log the beginning of its name.") var output: String?
        @Option(help: "Folder to write the auditor's bundle to; it must not exist.") var bundle: String?
        @OptionGroup(title: "Filters") var filters: FilterOptions

        func validate() throws {
            guard (bundle == nil) == (format != nil), (format == nil) == (output == nil) else {
                throw ValidationError("Give --format and --output, or --bundle.")
            }
            guard bundle == nil || filters.filter == .all else {
                throw ValidationError("A bundle is always whole: leave the filters out.")
            }
        }

        func run() async throws {
            if bundle != nil { try await signFirst() }
            let reader = try LedgerReader(at: LedgerPath.of(ledger))
            if let bundle { return try export(reader, to: bundle) }
            guard let format, let output else { return }
            let filter = filters.filter
            switch format {
            case .unitsCSV: tell(try reader.exportCSV(.units, filter, to: output), output)
            case .runsCSV: tell(try reader.exportCSV(.runs, filter, to: output), output)
            case .jsonl: tell(try reader.exportJSONL(filter, to: output), output)
            case .manufacturingLog2: try exportLog(.v2, reader, to: output)
            case .manufacturingLog3: try exportLog(.v3, reader, to: output)
            case .manufacturingLog4: try exportLog(.v4, reader, to: output)
            }
        }

        /// A bundle covers what a signed head covers, so one is signed first where that can be done: the station file
        /// tells the key, and no session is at work.
        private func signFirst() async throws {
            guard LedgerPath.isStationFile(ledger) else { return }
            let file = try StationFiles.station(ledger)
            guard file.secrets[.headKey] != nil, try unsigned(LedgerReader(at: file.ledger)) > 0 else { return }
            do { try await OpenLedger.signHead(of: file) } catch let error as MintmarkError {
                // Whoever may read but not sign gets what is signed; a ledger that is wrong is nobody's to export blindly.
                guard error.code.exitStatus != .ledgerFault else { throw error }
                if error.code != .ledgerLocked { Terminal.error("no head was signed: \(error.what)") }
            }
        }

        private func export(_ reader: LedgerReader, to bundle: String) throws {
            tell(try reader.exportBundle(to: StationFiles.absolute(bundle)), bundle)
            let left = try unsigned(reader)
            guard left > 0 else { return }
            Terminal.error(
                "\(left) newer entries are not in it: no signed head covers them yet.\n"
                    + "next: Export again when the station's session has ended, with the station file as LEDGER.")
        }

        /// Entries behind the newest signed head.
        private func unsigned(_ reader: LedgerReader) throws(MintmarkError) -> Int64 {
            try reader.unanchored(now: SystemClock().wall).unsigned
        }

        private func exportLog(_ format: ManufacturingLogFormat, _ reader: LedgerReader, to output: String) throws {
            let path = StationFiles.absolute(output) as NSString
            let logs = try reader.exportManufacturingLog(
                format, filters.filter, to: path.deletingLastPathComponent, name: path.lastPathComponent,
                setupKeys: format == .v4 ? spool() : nil)
            for log in logs {
                let keys = format == .v4 ? ", \(log.setupKeys) with a setup key" : ""
                Terminal.error("\(log.lines) lines\(keys): \(log.path)")
            }
        }

        private func spool() throws -> SealedSpool? {
            guard LedgerPath.isStationFile(ledger) else {
                throw MintmarkError(
                    .badInput, "mfg-log-4 needs the station file, not the ledger alone",
                    next: "Give the station file that names spool-key under secrets.")
            }
            let file = try StationFiles.station(ledger)
            return try SealedSpool.existing(besideLedger: file.ledger, key: try file.secret(.spoolKey))
        }

        private func tell(_ lines: Int64, _ path: String) { Terminal.error("\(lines) lines: \(path)") }
    }
}
