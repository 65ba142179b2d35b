// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import MintmarkCore
import MintmarkStation

extension StationCommand {
    struct Replace: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put this machine in the place of a station that is lost, from its mirror.",
            discussion: """
                The old machine must never run again. The mirror is checked first. Its entries become the beginning of \
                this ledger; what follows is a new log with an id and a key of its own, because the mirror may lack the \
                old log's end. Every DSN that the end may have used is `unknown` until it is found: on a unit in a slot \
                of a label station, or with --reconcile in the old machine's ledger, should its disk turn up. Status 40 \
                when that ledger has a DSN somewhere else than this one: two units may have it.
                """)

        @Argument(help: "The station file.", completion: .file(extensions: ["yaml"])) var file: String
        @Option(help: "Folder of the mirror.", completion: .directory) var from: String?
        @Option(help: "Instead: the old machine's ledger, to settle what is unknown.", completion: .file())
        var reconcile: String?
        @Option(name: .customLong("operator"), help: "Operator id for the ledger: who decided it.") var person: String
        @Option(help: "How many numbers of every counter to skip; without it one for each DSN that was free.")
        var skip: Int?

        func validate() throws {
            guard (from == nil) != (reconcile == nil) else { throw ValidationError("Give --from or --reconcile.") }
            if let skip, skip < 0 { throw ValidationError("--skip is at least 0.") }
        }

        func run() async throws {
            if let from {
                try await ReplacedStation.make(
                    StationFiles.station(file), from: StationFiles.absolute(from), actor: person, skip: skip,
                    tell: { Terminal.error($0) })
            }
            if let reconcile {
                let isAgreed = try await ReplacedStation.reconcile(
                    file, with: reconcile, actor: person, tell: { Terminal.error($0) })
                if !isAgreed { throw ExitCode(ExitStatus.ledgerFault.rawValue) }
            }
        }
    }
}
