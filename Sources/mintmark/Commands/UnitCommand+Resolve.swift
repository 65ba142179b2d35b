// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import MintmarkCore
import MintmarkStation

extension UnitCommand {
    struct Resolve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Decide on a unit that is set aside: read it back and let it go on, keep it, or burn its DSN.",
            discussion: """
                Writes nothing to the unit. It goes on when what it shows fits the ledger, and the cloud where its \
                registration is in doubt; else it stays aside (status 11) and the ledger says why. Status 50 when the unit \
                is not set aside, or its DSN cannot be burned.
                """)

        @OptionGroup var station: StationOption
        @Option(help: "The slot the unit sits in.") var slot: String
        @Option(help: "Why you decide so, in one sentence; it stands in the ledger.") var reason: String
        @Flag(help: "Give the unit's DSN up, whatever the unit shows.") var burn = false
        @OptionGroup var person: OperatorOption
        @OptionGroup var json: JSONOption

        /// How long a registration that is sent again is waited for.
        private static let grace = Duration.seconds(10)

        func run() async throws {
            let isJSON = json.isOn
            let resolution = try await OpenStation.with(
                station.path, logLevel: station.logLevel.level,
                tell: { $0.tellBadge(asJSON: isJSON) }
            ) { opened in
                let resolution = try await opened.station.resolve(
                    slot: slot, reason: reason, burns: burn, actor: person.actor)
                await opened.station.outbox.drain(within: Self.grace)
                return resolution
            }
            if isJSON { Terminal.output(CanonicalJSON.text(resolution.json)) } else { Self.tell(resolution) }
            if resolution.verdict == .kept { throw ExitCode(ExitStatus.indeterminate.rawValue) }
        }

        private static func tell(_ resolution: Resolution) {
            let unit = "unit \(resolution.dsn?.description ?? resolution.hardware)"
            switch resolution.verdict {
            case .released: Terminal.error("\(unit) may go on: run it again")
            case .burned: Terminal.error("\(unit): its DSN is burned; if it does not show it, it may get another one")
            case .kept:
                Terminal.error("\(unit) stays aside:")
                for objection in resolution.objections { Terminal.error("  \(objection)") }
                Terminal.error("next: Keep it aside, or give its DSN up with --burn.")
            }
        }
    }
}
