// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import MintmarkCore
import MintmarkLedger
import MintmarkStation

extension LedgerCommand {
    struct Stats: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the sum over all DSNs, the counts of runs, and how much no signed head covers.",
            discussion: "Ends with status 40 when a DSN is missing from the sum.")

        @Argument(help: "Ledger or station file.") var ledger: String
        @OptionGroup var json: JSONOption

        func run() throws {
            let reader = try LedgerReader(at: LedgerPath.of(ledger))
            let (summary, account) = (try reader.summary(), try reader.account())
            let window = try reader.unanchored(now: SystemClock().wall)
            let mirror = try mirrorLag(reader)
            let outcomes = Dictionary(grouping: try reader.runs(), by: \.outcome).mapValues(\.count)
            if json.isOn {
                var object: JSONObject = [
                    "entries": .integer(summary.size), "log": .string(summary.log), "root": .string(summary.root),
                    "station": .string(summary.station), "reserved": .number(account.reserved),
                    "signed": .integer(window.signed), "unsigned_seconds": .integer(window.unsignedSeconds),
                    "witnessed": .integer(window.witnessed),
                    "unwitnessed_seconds": .integer(window.unwitnessedSeconds),
                    "balanced": .bool(account.isBalanced),
                ]
                for state in DSNRecord.State.allCases { object[state.rawValue] = .number(account.count(of: state)) }
                if let lag = mirror.lag { for (name, value) in lag.json.members { object[name] = value } }
                if let error = mirror.error { object["mirror_error"] = .string(error) }
                var runs = JSONObject()
                for outcome in Outcome.allCases { runs[outcome.rawValue] = .number(outcomes[outcome] ?? 0) }
                object["runs"] = .object(runs)
                Terminal.output(CanonicalJSON.text(object))
            } else {
                Terminal.output("station \(summary.station), log \(summary.log), \(summary.size) entries")
                Terminal.output("root \(summary.root)")
                Terminal.output(
                    "signed heads cover \(window.signed) entries; \(window.unsigned) behind them"
                        + (window.unsigned > 0 ? ", the oldest \(window.unsignedSeconds) s old" : ""))
                Terminal.output(
                    "cosignatures (checked by `ledger verify --key`) cover \(window.witnessed) entries; \(window.unwitnessed) behind"
                        + (window.unwitnessed > 0 ? ", the oldest \(window.unwitnessedSeconds) s old" : ""))
                if let lag = mirror.lag { Terminal.output(lag.description) }
                if let error = mirror.error { Terminal.output("mirror: \(error)") }
                Terminal.output(account.description)
                let runs = Outcome.allCases.map { "\(outcomes[$0] ?? 0) \($0.rawValue)" }.joined(separator: ", ")
                Terminal.output("runs: \(runs)")
            }
            if !account.isBalanced { throw ExitCode(ExitStatus.ledgerFault.rawValue) }
        }

        /// Of the station file's mirror; a mirror that is away is told, not thrown.
        private func mirrorLag(_ reader: LedgerReader) throws -> (lag: MirrorLag?, error: String?) {
            guard let folder = try LedgerPath.mirror(ledger) else { return (nil, nil) }
            do throws(MintmarkError) {
                return (try reader.mirrorLag(folder, now: SystemClock().wall), nil)
            } catch {
                guard error.code == .mirrorFault else { throw error }
                return (nil, error.what)
            }
        }
    }
}
