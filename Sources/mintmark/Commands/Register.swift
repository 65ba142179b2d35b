// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import MintmarkCore
import MintmarkLedger
import MintmarkStation

struct Register: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Send registrations that wait, and show where they stand.",
        subcommands: [Pending.self, Status.self, Refused.self], defaultSubcommand: Pending.self)

    struct Pending: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "send", abstract: "Send every registration that has no answer yet.",
            discussion: """
                A registration that may have reached the cloud is looked up before it is sent again. What settles nothing is
                tried again for as long as others get an answer, and then for the time of --patience.
                """)

        @OptionGroup var station: StationOption
        @Flag(help: "Send all that wait.") var pending = false
        @OptionGroup var patience: PatienceOption
        @OptionGroup var json: JSONOption

        func validate() throws {
            guard pending else { throw ValidationError("Say --pending to send what waits, or use `register status`.") }
        }

        func run() async throws {
            let (isJSON, wait) = (json.isOn, patience.duration)
            let left = try await OpenStation.with(
                station.path, logLevel: station.logLevel.level,
                tell: { $0.tellBadge(asJSON: isJSON) }
            ) { opened in
                let count = try await opened.station.outbox.resume()
                if count == 0, !isJSON { Terminal.error("No registration waits.") }
                await opened.station.outbox.drain(patience: wait)
                return try await opened.ledger.read { try $0.pendingRegistrations().count }
            }
            if left > 0 { throw ExitCode(ExitStatus.registrationQueued.rawValue) }
        }
    }

    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show how many registrations stand where.")

        @OptionGroup var station: StationOption
        @OptionGroup var json: JSONOption

        func run() async throws {
            let reader = try LedgerReader(at: StationFiles.station(station.path).ledger)
            let counts = Dictionary(grouping: try reader.registrations(), by: \.badge).mapValues(\.count)
            var object = JSONObject()
            for badge in UnitRecord.Badge.allCases where badge != .none {
                object[badge.rawValue] = .number(counts[badge] ?? 0)
                if !json.isOn { Terminal.output("\(counts[badge] ?? 0)  \(badge.shown)") }
            }
            if json.isOn { Terminal.output(CanonicalJSON.text(object)) }
        }
    }
}
