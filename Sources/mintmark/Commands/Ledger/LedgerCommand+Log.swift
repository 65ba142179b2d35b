// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import MintmarkCore
import MintmarkFormats
import MintmarkLedger

extension LedgerCommand {
    struct Log: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read manufacturing logs.", subcommands: [Check.self])
    }

    struct Check: ParsableCommand {
        /// Four million lines of the greatest length.
        private static let maximumSize = 1 << 30

        static let configuration = CommandConfiguration(
            abstract: "Compare a manufacturing log with the ledger, line by line and run by run.",
            discussion: """
                FILE is a log of format 2, 3 or 4, from this program or another. Every line must have its run in the \
                ledger and tell the same, every run must have its line; what differs is printed, and the status is 40. \
                Lines with a status that this station never writes, as verify, are counted and not compared. A Wi-Fi \
                setup key is neither compared nor printed.

                A log holds one cloud region: name it with --region when the station has worked for several. The filters \
                say which runs must have a line, as they do in `ledger export`.

                The comparison is with the ledger's tables: `ledger verify` says whether they can be trusted.
                """)

        @Argument(help: "Ledger or station file.") var ledger: String
        @Argument(help: "The manufacturing log.", completion: .file()) var file: String
        @Option(help: "The log's cloud region: us, cn or eu.") var region: CloudEnvironment.Region?
        @OptionGroup(title: "Runs that must have a line") var filters: FilterOptions
        @OptionGroup var json: JSONOption

        func run() throws {
            let reader = try LedgerReader(at: LedgerPath.of(ledger))
            let report = try reader.checkManufacturingLog(region: region, filters.filter, read: readFile) { finding in
                if json.isOn {
                    Terminal.output(CanonicalJSON.text(finding.json))
                } else {
                    for line in finding.lines { Terminal.output(line) }
                }
            }
            if json.isOn {
                Terminal.output(CanonicalJSON.text(report.json))
            } else {
                for line in report.shown { Terminal.output(line) }
            }
            if report.setupKeys > 0 { try warnAboutRights(report.setupKeys) }
            if !report.isAgreeing { throw ExitCode(ExitStatus.ledgerFault.rawValue) }
        }

        private func readFile(
            _ take: (ManufacturingLogReader.Item) throws(MintmarkError) -> Void
        ) throws(MintmarkError) {
            var log = ManufacturingLogReader()
            try InputFile.eachPiece(of: file, atMost: Self.maximumSize, code: .badInput) {
                piece throws(MintmarkError) in
                try log.feed(piece, take)
            }
            try log.finish(take)
        }

        private func warnAboutRights(_ count: Int) throws {
            let facts = try FileManager.default.attributesOfItem(atPath: file)
            guard let rights = facts[.posixPermissions] as? Int, rights & 0o077 != 0 else { return }
            Terminal.error("\(file) holds \(count) Wi-Fi setup keys and others can read it.\nnext: Run `chmod 600`.")
        }
    }
}

extension CloudEnvironment.Region: ExpressibleByArgument {}
