// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import MintmarkCore
import MintmarkLedger
import MintmarkStation

extension Register {
    struct Again: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send refused registrations once more, after the cause was cured.",
            discussion: """
                Nothing of the registration is changed: it may be sent again when the cure was in the cloud, as a missing \
                model or role. All that are named are sent, or none: status 50 when one is not refused.
                """)

        @Argument(help: "The DSNs.", transform: DSN.init) var dsns: [DSN] = []
        @Flag(help: "All that are refused.") var allRefused = false
        @Option(help: "What was cured, in one sentence; it stands in the ledger.") var reason: String
        @OptionGroup var station: StationOption
        @OptionGroup var person: OperatorOption
        @OptionGroup var patience: PatienceOption
        @OptionGroup var json: JSONOption

        func validate() throws {
            guard allRefused == dsns.isEmpty else { throw ValidationError("Name DSNs, or say --all-refused.") }
        }

        func run() async throws {
            let (isJSON, wait) = (json.isOn, patience.duration)
            let left = try await OpenStation.with(
                station.path, logLevel: station.logLevel.level, tell: { $0.tellBadge(asJSON: isJSON) }
            ) { opened in
                let sent = try await opened.station.registerAgain(dsns, reason: reason, actor: person.actor)
                if sent.isEmpty, !isJSON { Terminal.error("No registration is refused.") }
                await opened.station.outbox.drain(patience: wait)
                return CloudVerdict(of: try await opened.badges(of: sent))
            }
            left.tell(station: station.path)
            if left.status != .pass { throw ExitCode(left.status.rawValue) }
        }
    }
}
