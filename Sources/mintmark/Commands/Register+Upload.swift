// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import MintmarkCore
import MintmarkFormats
import MintmarkLedger
import MintmarkStation

extension Register {
    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write files of the units that wait, for the upload in the vendor's dashboard.",
            discussion: """
                For a site from which the cloud's interface cannot be reached at all: one manufacturing log a region, and \
                a .requests file that `register import` needs. Stop the station's own sending until the result is in. \
                An upload does not carry oem_host_version.
                """)

        @Argument(help: "A folder of its own; it is made.", completion: .directory) var folder: String
        @OptionGroup var station: StationOption
        @OptionGroup var json: JSONOption

        func run() async throws {
            let file = try StationFiles.station(station.path)
            let path = StationFiles.absolute(folder)
            guard !FileManager.default.fileExists(atPath: "\(path)/\(file.station)-upload.requests") else {
                throw MintmarkError(
                    .badInput, "\(path) holds an earlier upload of this station",
                    next: "Name a folder of its own for each upload; the earlier one is needed to take its result in.")
            }
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            let spool =
                file.secrets[.spoolKey] == nil
                ? nil : try SealedSpool.existing(besideLedger: file.ledger, key: try file.secret(.spoolKey))
            let upload = try LedgerReader(at: file.ledger).exportUpload(
                to: path, name: "\(file.station)-upload", setupKeys: spool)
            guard !json.isOn else {
                return Terminal.output(
                    CanonicalJSON.text([
                        "files": .texts(upload.logs.map(\.path)), "left": .texts(upload.left.map(\.description)),
                        "requests": .string(upload.requestsPath), "unsure": .number(upload.unsure),
                        "units": .number(upload.units),
                    ]))
            }
            for log in upload.logs { Terminal.output("\(log.lines) lines: \(log.path)") }
            Terminal.output("\(upload.units) units: \(upload.requestsPath)")
            Terminal.error(
                "Until the result is taken in, let this station send nothing: no provision, no register --pending.")
            if upload.unsure > 0, !file.hasCloudsClock {
                Terminal.error(
                    "\(upload.unsure) of them have a date from a clock that nobody vouches for: run `mintmark station confirm-time`, then export anew into another folder"
                )
            }
            for dsn in upload.left { Terminal.error("\(dsn) is left out: its run is not in this ledger") }
        }
    }

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take in the result log of an upload.",
            discussion: """
                Units that the result log names are refused, in its words; all others of the upload are registered. The \
                same file twice changes nothing.
                """)

        /// More than the lines of any upload.
        private static let maximumSize = 1 << 26

        @Argument(help: "The result log of the dashboard's action.", completion: .file()) var log: String?
        @Option(
            help: "The .requests file that was written with the upload.", completion: .file(extensions: ["requests"]))
        var requests: String
        @Flag(help: "The action succeeded and has no result log.") var noneRefused = false
        @OptionGroup var station: StationOption
        @OptionGroup var person: OperatorOption
        @OptionGroup var json: JSONOption

        func validate() throws {
            guard noneRefused == (log == nil) else {
                throw ValidationError("Name the result log, or say --none-refused.")
            }
        }

        func run() async throws {
            let text = try log.map { String(decoding: try Self.bytes($0), as: UTF8.self) }
            let result = try UploadResult(
                log: text, name: log.map { ($0 as NSString).lastPathComponent } ?? "none",
                requests: String(decoding: try Self.bytes(requests), as: UTF8.self))
            let isJSON = json.isOn
            let taken = try await OpenStation.with(
                station.path, logLevel: station.logLevel.level, tell: { $0.tellBadge(asJSON: isJSON) }
            ) { opened in
                try await opened.station.take(result, actor: person.actor)
            }
            guard !isJSON else { return }
            Terminal.error("\(taken.registered) registered, \(taken.refused) refused; all others had their answer")
            if result.strays > 0 { Terminal.error("\(result.strays) lines name no unit of this upload") }
        }

        private static func bytes(_ path: String) throws(MintmarkError) -> [UInt8] {
            try InputFile.read(path, atMost: maximumSize, code: .badInput)
        }
    }
}
