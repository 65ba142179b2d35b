// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import MintmarkCore
import MintmarkLedger
import MintmarkStation

struct Register: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Send registrations that wait, and show where they stand.",
        subcommands: [Pending.self, Status.self, Refused.self, Again.self, Export.self, Import.self],
        defaultSubcommand: Pending.self)

    struct Pending: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "send", abstract: "Send every registration that has no answer yet.",
            discussion: """
                Exit status: 0 all registered, 30 some refused or quarantined, 31 some still queued.

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
                let waiting = try await opened.ledger.read { try $0.pendingRegistrations().map(\.registration.dsn) }
                try await opened.station.outbox.resume()
                if waiting.isEmpty, !isJSON { Terminal.error("No registration waits.") }
                await opened.station.outbox.drain(patience: wait)
                return CloudVerdict(of: try await opened.badges(of: waiting))
            }
            left.tell(station: station.path)
            if left.status != .pass { throw ExitCode(left.status.rawValue) }
        }
    }

    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show how many units stand where with the cloud.",
            discussion: """
                Each unit counts by its newest registration. Hours are at the present pace: units that passed in the last \
                eight hours of work, in which pauses of more than half an hour do not count; it is unknown with fewer \
                than three units or ten minutes.
                """)

        @OptionGroup var station: StationOption
        @OptionGroup var json: JSONOption

        func run() async throws {
            let file = try StationFiles.station(station.path)
            let counts = try LedgerReader(at: file.ledger).badges()
            let stock = try StationStock.of(file)
            var object = stock.json
            for badge in UnitRecord.Badge.allCases where badge != .none {
                object[badge.rawValue] = .number(counts[badge] ?? 0)
                if !json.isOn { Terminal.output("\(counts[badge] ?? 0)  \(badge.shown)") }
            }
            guard !json.isOn else { return Terminal.output(CanonicalJSON.text(object)) }
            Terminal.output(stock.outboxText)
            if let pool = stock.poolText { Terminal.output(pool) }
        }
    }
}
