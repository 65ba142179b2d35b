// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import MintmarkCore
import MintmarkStation

extension DSNCommand {
    struct Settle: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say that a reserve whose reply was lost is cleared up.",
            discussion: """
                Look in the vendor's dashboard whether the DSNs were reserved, and import their archive if they were. \
                Until then the station reserves none by itself.

                With --look the cloud is searched instead: the DSNs that may be reserved and are not in this ledger are \
                listed, and what the list proves is settled. It proves something only if it was read to its end and shows \
                every free DSN of this ledger as reserved, at least one, and no other; else status 11. It never brings \
                DSNs into the pool: they may be another bench's.
                """)

        @Argument(help: "Requests, as the alarm names them.") var requests: [String] = []
        @Flag(help: "All of them.") var all = false
        @Flag(help: "Ask the cloud, and settle what it proves.") var look = false
        @Option(help: "What you found, in one sentence; it stands in the ledger.") var reason: String?
        @OptionGroup var station: StationOption
        @OptionGroup var person: OperatorOption
        @OptionGroup var json: JSONOption

        func validate() throws {
            guard !look else {
                guard !all, requests.isEmpty, reason == nil else {
                    throw ValidationError("--look takes no requests, no --all and no --reason.")
                }
                return
            }
            guard all == requests.isEmpty else { throw ValidationError("Name requests, or say --all or --look.") }
            guard reason != nil else { throw ValidationError("Say with --reason what you found.") }
        }

        func run() async throws {
            guard let reason else { return try await search() }
            let count = try await OpenStation.with(
                station.path, logLevel: station.logLevel.level, tell: { $0.tellNotice() }
            ) { opened in
                try await opened.station.settle(requests, reason: reason, actor: person.actor)
            }
            if json.isOn {
                Terminal.output(CanonicalJSON.text(["settled": .number(count)]))
            } else {
                Terminal.error("\(count) DSNs are no longer unknown")
            }
        }

        private func search() async throws {
            let (findings, early) = try await OpenStation.with(
                station.path, logLevel: station.logLevel.level, tell: { $0.tellNotice() }
            ) { opened in
                try await opened.station.searchLostReserves(actor: person.actor)
            }
            for finding in findings {
                if json.isOn { Terminal.output(CanonicalJSON.text(finding.json)) } else { Self.tell(finding) }
            }
            for model in early {
                Terminal.error(
                    "\(model): not searched, the cloud may still be working on it; look again in ten minutes")
            }
            if findings.isEmpty, !json.isOn { Terminal.error("no reserve has a lost reply") }
            if !early.isEmpty || !findings.allSatisfy(\.isProof) { throw ExitCode(ExitStatus.indeterminate.rawValue) }
        }

        private static func tell(_ finding: ReserveFinding) {
            for dsn in finding.strangers { Terminal.output("\(dsn) not in this ledger") }
            Terminal.error("\(finding.model): \(finding.text)")
            if finding.isProof {
                Terminal.error("\(finding.settled.reduce(0) { $0 + $1.count }) DSNs are no longer unknown")
            } else {
                Terminal.error(
                    "next: Look in the vendor's dashboard for the reservation, import its archive if there is one, then settle it with --reason."
                )
            }
        }
    }
}

extension ReserveFinding {
    fileprivate var json: JSONObject {
        [
            "free_hidden": .number(hidden), "free_shown": .number(controls), "gap": .text(gap),
            "model": .string(model), "not_held": .texts(strangers.map(\.description)),
            "settled": .number(settled.reduce(0) { $0 + $1.count }), "shown": .number(shown),
        ]
    }
}
