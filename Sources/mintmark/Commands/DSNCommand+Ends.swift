// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import MintmarkCore
import MintmarkStation

extension DSNCommand {
    struct Return: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give free DSNs back to whoever owns the numbers.",
            discussion: """
                All of them are returned, or none: status 50 when one is not free. A returned DSN never comes back to \
                this pool.
                """)

        @Argument(help: "The DSNs.", transform: DSN.init) var dsns: [DSN]
        @Option(help: "Why, in one sentence; it stands in the ledger.") var reason: String
        @OptionGroup var station: StationOption
        @OptionGroup var person: OperatorOption
        @OptionGroup var json: JSONOption

        func run() async throws {
            try await OpenStation.with(
                station.path, logLevel: station.logLevel.level, tell: { $0.tellNotice() }
            ) { opened in
                try await opened.station.giveBack(dsns, reason: reason, actor: person.actor)
            }
            for dsn in dsns { DSNCommand.print(dsn, .returned, json.isOn) }
        }
    }

    struct Burn: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give a DSN up for good, so that no unit ever gets it.",
            discussion: """
                Free, assigned, written and quarantined DSNs can be burned; status 50 for one that is registered or being \
                registered. The unit it was on may get another DSN, if it does not show this one.
                """)

        @Argument(help: "The DSN.", transform: DSN.init) var dsn: DSN
        @Option(help: "Why, in one sentence; it stands in the ledger.") var reason: String
        @OptionGroup var station: StationOption
        @OptionGroup var person: OperatorOption
        @OptionGroup var json: JSONOption

        func run() async throws {
            try await OpenStation.with(
                station.path, logLevel: station.logLevel.level, tell: { $0.tellNotice() }
            ) { opened in
                try await opened.station.burn(dsn, reason: reason, actor: person.actor)
            }
            DSNCommand.print(dsn, .burned, json.isOn)
        }
    }

    private static func print(_ dsn: DSN, _ state: DSNRecord.State, _ isJSON: Bool) {
        if isJSON {
            Terminal.output(
                CanonicalJSON.text(["dsn": .string(dsn.description), "state": .string(state.rawValue)]))
        } else {
            Terminal.error("DSN \(dsn) is \(state.rawValue)")
        }
    }
}
