// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import MintmarkCore
import MintmarkLedger

extension LedgerCommand {
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
