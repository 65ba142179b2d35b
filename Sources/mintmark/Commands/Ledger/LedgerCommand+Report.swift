// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import MintmarkCore
import MintmarkLedger
import MintmarkStation

extension LedgerCommand {
    struct Report: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write the audit report of a ledger: a page to print, or the same as JSON.",
            discussion: """
                Verifies everything as `ledger verify` does, then tells on one page: the verdict, the newest signed head, the \
                sum over all DSNs, the outcomes of runs, overrides, burned and returned DSNs, steps of the clock, units set \
                aside, and how much no head covers. --since and --until bound the runs and events; verdict, head, sum and \
                units set aside are always those of the whole ledger. Ends with status 40 when something is wrong with it.
                """)

        @Argument(help: "Ledger, station file, or the folder of an exported bundle.") var ledger: String
        @OptionGroup var time: PeriodOptions
        @OptionGroup var outside: OutsideHeadOptions
        @Option(name: .shortAndLong, help: "HTML file to write; - is standard output.") var output: String?
        @OptionGroup var json: JSONOption

        func validate() throws {
            guard output != nil || json.isOn else { throw ValidationError("Give --output, --json, or both.") }
        }

        func run() throws {
            let path = try LedgerPath.of(ledger)
            let report = try LedgerAuditor(at: path).report(
                LedgerAuditor.Request(
                    period: time.period, outside: outside.heads(for: path),
                    witnesses: outside.witnesses(), now: SystemClock().wall, software: OpenStation.software.version))
            if let output { try report.writePage(to: output) }
            if json.isOn { Terminal.output(CanonicalJSON.text(report.json)) }
            Terminal.error(report.verification.verdict.line(firstBad: report.verification.firstBad))
            if !report.isSound { throw ExitCode(ExitStatus.ledgerFault.rawValue) }
        }
    }
}
