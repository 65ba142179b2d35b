// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import MintmarkCore
import MintmarkLedger

extension LedgerCommand {
    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check a ledger from its first entry to its last.",
            discussion: """
                Hashes every entry again, compares every stored root and signed head with the tree, and compares the \
                tables with a replay of the entries. PROVEN: the entries fit a head that was held outside the factory, \
                given with --head, or cosigned by a witness whose key is given with --key. CONSISTENT: the file agrees \
                with itself, which cannot tell whether all of it was made anew or its end cut off. BROKEN: it does not.
                """)

        @Argument(help: "Ledger, station file, or the folder of an exported bundle.") var ledger: String
        @OptionGroup var outside: OutsideHeadOptions
        @OptionGroup var json: JSONOption

        func run() throws {
            let path = try LedgerPath.of(ledger)
            let report =
                LedgerBundle.isBundle(path)
                ? try LedgerBundle(path).verify(against: outside.heads(for: path))
                : try LedgerVerifier(at: path).verify(against: outside.heads(for: path))
            if json.isOn {
                Terminal.output(CanonicalJSON.text(report.json))
            } else {
                for line in report.lines { Terminal.output(line) }
            }
            if let key = try outside.missingSigner(report) {
                throw MintmarkError(
                    .ledgerFault, "the newest head is not signed by \(key)",
                    next: "Find out whose key signed it: it is the line `signed by`.")
            }
            if !report.isIntact { throw ExitCode(ExitStatus.ledgerFault.rawValue) }
        }
    }
}

extension VerificationReport {
    var lines: [String] {
        var lines = [
            "station \(PrintableText.of(station, limit: 64)), log \(PrintableText.of(log, limit: 64))",
            "entries \(entries), intact \(intact), roots compared \(roots)",
            "root \(root)",
        ]
        lines += earlier.map {
            "entry \($0.entries): the log \(PrintableText.of($0.origin, limit: 64)) ends here and goes on under a new name"
        }
        lines.append(
            heads > 0
                ? "signed heads \(heads), the newest over \(signed) entries; \(entries - signed) behind it"
                : "no signed head")
        lines += keys.map { "signed by \($0)" }
        lines.append("tables against a replay of the entries: \(projections.rawValue)")
        lines += findings.map { finding in
            let what = PrintableText.of(finding.what, limit: 1000)
            return finding.sequence.map { "entry \($0): \(what)" } ?? what
        }
        if findingCount > findings.count { lines.append("and \(findingCount - findings.count) more") }
        lines.append(verdict.line(firstBad: firstBad))
        return lines
    }
}

extension VerificationReport.Verdict {
    func line(firstBad: Int64?) -> String {
        switch self {
        case .proven(let proof): "PROVEN up to entry \(proof.size - 1), by \(proof.by)"
        case .consistent: "CONSISTENT: no head from outside the factory was given"
        case .broken:
            "BROKEN\(firstBad.map { $0 > 0 ? ": good up to entry \($0 - 1)" : ": from the first entry on" } ?? "")"
        }
    }
}
