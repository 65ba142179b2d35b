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
                """)

        @Argument(help: "Requests, as the alarm names them.") var requests: [String] = []
        @Flag(help: "All of them.") var all = false
        @Option(help: "What you found, in one sentence; it stands in the ledger.") var reason: String
        @OptionGroup var station: StationOption
        @OptionGroup var person: OperatorOption
        @OptionGroup var json: JSONOption

        func validate() throws {
            guard all == requests.isEmpty else { throw ValidationError("Name requests, or say --all.") }
        }

        func run() async throws {
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
    }
}
