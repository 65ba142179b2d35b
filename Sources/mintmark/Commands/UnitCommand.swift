// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import MintmarkCore
import MintmarkLedger

struct UnitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unit",
        abstract: "One unit: what the ledger knows of it, and what becomes of it when it is set aside.",
        subcommands: [Show.self, Resolve.self])

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a unit's runs as one story, and every entry about it.",
            discussion: "With the ledgers of several stations the story goes through all of them.")

        @Argument(help: "DSN, hardware signature or MAC address.") var unit: String
        @Option(name: .customLong("ledger"), help: "Ledger or station file; repeat for more.") var ledgers: [String]
        @Option(help: "Write a proof that the unit's last result is in the log into this file, which must not exist.")
        var proof: String?
        @OptionGroup var json: JSONOption

        func validate() throws {
            if proof != nil, ledgers.count > 1 { throw ValidationError("--proof is of one ledger.") }
        }

        func run() throws {
            var (histories, story): ([UnitHistory], UnitStory) = ([], UnitStory())
            for path in ledgers {
                let reader = try LedgerReader(at: LedgerPath.of(path))
                guard let history = try reader.unit(named: unit) else {
                    if ledgers.count > 1 { Terminal.error("\(path): knows no unit \(unit)") }
                    continue
                }
                if let proof { return try writeProof(of: history, reader, to: proof) }
                histories.append(history)
                try story.add(history)
            }
            guard !histories.isEmpty else {
                throw MintmarkError(
                    .badInput, "the ledger knows no unit \(unit)",
                    next: "Give a DSN, a hardware signature or a MAC address.")
            }
            if json.isOn {
                for entry in histories.flatMap(\.entries) {
                    Terminal.output(String(decoding: entry.bytes, as: UTF8.self))
                }
                return
            }
            for history in histories { tell(history) }
            for line in story.lines { Terminal.output(line) }
            for entry in histories.flatMap(\.entries) { Terminal.output(entry.line) }
        }

        private func tell(_ history: UnitHistory) {
            let record = history.unit
            if ledgers.count > 1, let station = history.entries.first?.stamp.station {
                Terminal.output("STATION  \(station)")
            }
            Terminal.output("unit     \(record.hardware)")
            Terminal.output("DSN      \(record.dsn?.description ?? "none")")
            Terminal.output("MAC      \(record.mac)")
            Terminal.output("runs     \(record.runs), last \(record.outcome?.rawValue ?? "open")")
            Terminal.output("cloud    \(record.badge.shown)")
            if let last = history.entries.last(where: { $0.type == .runOpen }) {
                let time = UTCTime.isoText(seconds: last.stamp.time / 1_000_000)
                Terminal.output("last in  slot \(last.context.slot ?? "?"), run \(last.context.run ?? "?"), \(time)")
            }
            if let reason = record.quarantine {
                let goesOn = record.isInterrupted ? "; goes on when a run reads it back" : "; a person decides"
                Terminal.output("SET ASIDE  \(reason)\(goesOn)")
            }
        }

        private func writeProof(of history: UnitHistory, _ reader: LedgerReader, to path: String) throws {
            let proven = history.entries.last { $0.type == .runResult } ?? history.entries.last
            guard let proven, let proof = try reader.proof(of: proven.stamp.sequence) else {
                throw MintmarkError(
                    .badInput, "no signed head covers the unit's last entry yet",
                    next: "Run `mintmark ledger checkpoint --sign` with the station file, then try again.")
            }
            try Folders.writeNew(proof.description, to: path, mode: 0o644)
            Terminal.error("Proof of entry \(proof.index) (\(proven.type.rawValue)): \(path)")
        }
    }
}

extension UnitStory {
    /// A line for each run, and under a verification what it found.
    var lines: [String] {
        chapters.flatMap { chapter in
            let result = chapter.result
            let kind = chapter.kind.rawValue + (chapter.isDryRun ? " (dry run)" : "")
            let outcome = result?.outcome.rawValue ?? "open"
            let reason = result?.text.map { ": \($0)" } ?? ""
            let time = UTCTime.isoText(seconds: chapter.opened / 1_000_000)
            return ["\(time)  \(kind)  \(chapter.station) \(chapter.slot ?? "?")  \(outcome)\(reason)"]
                + (chapter.checked?.findings ?? []).map { "  \($0.line)" }
        }
    }
}
