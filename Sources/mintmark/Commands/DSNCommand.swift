// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import MintmarkCore
import MintmarkCrypto
import MintmarkFormats
import MintmarkLedger
import MintmarkStation

struct DSNCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dsn", abstract: "The pool of DSNs a label station writes into modules.",
        subcommands: [Reserve.self, Import.self, List.self, Settle.self, Return.self, Burn.self])

    struct Reserve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Reserve DSNs with their public keys from the cloud.",
            discussion: "Asks in batches of at most 1000. A lost reply is written down and not asked again.")

        @OptionGroup var station: StationOption
        @Option(help: "How many, 1 to 100000.") var count: Int
        @OptionGroup var person: OperatorOption
        @OptionGroup var json: JSONOption

        func validate() throws {
            guard (1...100_000).contains(count) else { throw ValidationError("--count is 1 to 100000.") }
        }

        func run() async throws {
            let dsns = try await OpenStation.with(
                station.path, logLevel: station.logLevel.level, tell: { $0.tellNotice() }
            ) { opened in
                try await opened.station.reserve(count: count, actor: person.actor)
            }
            DSNCommand.print(dsns, "reserved", json.isOn)
        }
    }

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a reservation archive into the pool.",
            discussion: "FILE is one DSN's XML file, or the dashboard's zip archive of them. One archive is taken once."
        )

        @Argument(help: "FILE.xml or FILE.zip", completion: .file(extensions: ["xml", "zip"])) var archive: String
        @OptionGroup var station: StationOption
        @Option(help: "Take only this part, as FROM-TO, counted from 1 in the order of the DSNs.") var take: String?
        @OptionGroup var person: OperatorOption
        @OptionGroup var json: JSONOption

        func validate() throws {
            if take != nil, range == nil { throw ValidationError("--take is FROM-TO, as 1-500.") }
        }

        private var range: ClosedRange<Int>? {
            guard let parts = take?.split(separator: "-"), parts.count == 2, let from = Int(parts[0]),
                let to = Int(parts[1]), from >= 1, from <= to
            else { return nil }
            return from...to
        }

        func run() async throws {
            let bytes = try InputFile.read(archive, atMost: DSNArchive.maximumSize, code: .badArchive)
            let devices = try DSNArchive.read(bytes, path: archive)
            let digest = Hex.encode(SHA256.hash(bytes))
            let dsns = try await OpenStation.with(
                station.path, logLevel: station.logLevel.level, tell: { $0.tellNotice() }
            ) { opened in
                try await opened.station.importArchive(
                    devices, sha256: digest, name: (archive as NSString).lastPathComponent, take: range,
                    actor: person.actor)
            }
            DSNCommand.print(dsns, "imported", json.isOn)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the DSNs of the pool and where each is.")

        @OptionGroup var station: StationOption
        @Option(help: "Only DSNs in this state: \(DSNRecord.State.allCases.map(\.rawValue).joined(separator: ", ")).")
        var state: DSNRecord.State?
        @OptionGroup var json: JSONOption

        func run() async throws {
            let file = try StationFiles.station(station.path)
            let reader = try LedgerReader(at: file.ledger)
            var table = TextTable("DSN", "STATE", "MODEL", "UNIT", "REASON")
            for record in try reader.dsns() where state == nil || record.state == state {
                if json.isOn {
                    Terminal.output(
                        CanonicalJSON.text([
                            "dsn": .string(record.dsn.description), "model": .string(record.model),
                            "reason": .text(record.reason), "state": .string(record.state.rawValue),
                            "burned_on": .text(record.burnedOn), "unit": .text(record.unit),
                        ]))
                } else {
                    table.add(
                        record.dsn.description, record.state.rawValue, record.model,
                        record.unit ?? record.burnedOn ?? "-",
                        record.reason ?? "")
                }
            }
            guard !json.isOn else { return }
            for line in table.lines { Terminal.output(line) }
            if let text = try StationStock.of(file).poolText { Terminal.error(text) }
        }
    }

    private static func print(_ dsns: [DSN], _ verb: String, _ isJSON: Bool) {
        if isJSON {
            for dsn in dsns { Terminal.output(CanonicalJSON.text(["dsn": .string(dsn.description)])) }
        } else {
            let range = dsns.min().flatMap { first in dsns.max().map { ": \(first) to \($0)" } } ?? ""
            Terminal.error("\(dsns.count) DSNs \(verb)\(range)")
        }
    }
}

extension DSNRecord.State: ExpressibleByArgument {}
