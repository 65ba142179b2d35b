// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import MintmarkCloud
import MintmarkCore
import MintmarkSandbox

struct SandboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox", abstract: "Virtual units and a virtual cloud to rehearse with.",
        subcommands: [Units.self, Cloud.self])

    struct Units: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Run virtual bc modules behind pseudo terminals until stopped.",
            discussion: """
                FOLDER holds a link for each unit, unit-1 and so on, which a station file names as a slot's port, and \
                control.sock, which tells their true state over HTTP:
                  curl --unix-socket FOLDER/control.sock http://units/units/1

                A unit that joins a network with `wifi join` calls the cloud of --cloud; without --cloud there is \
                no network.

                Faults, written NUMBER=NAME, NUMBER=NAME@COMMAND or NUMBER=NAME@COMMAND#N:
                \(UnitFault.Kind.allCases.map { "  \($0.rawValue): \($0.meaning)" }.joined(separator: "\n"))
                """)

        @Argument(help: "Folder for links and control socket.") var folder: String
        @Option(help: "How many units.") var count = 8
        @Flag(help: "Begin in setup mode with a DSN and key, not blank.") var labelled = false
        @Option(help: "Firmware version.") var firmware = "2.4.7"
        @Option(help: "Keep to the time bytes take at this baud rate; without it the wire has no delay.") var pace: Int?
        @Option(help: "Milliseconds from reset to prompt.") var bootTime = 300
        @Option(help: "Milliseconds from a command to its reply.") var replyTime = 5
        @Option(help: "Milliseconds that a save takes.") var saveTime = 100
        @Option(help: "Random log lines a second.") var noise = 0.0
        @Option(help: "Seed of noise and garbage.") var seed: UInt64 = 1
        @Option(help: "Base URL of the virtual cloud that units connect to.") var cloud: String?
        @Option(help: "PEM file of the authority to trust for it.") var caFile: String?
        @Option(name: .customLong("fault"), help: "A fault of a unit; repeat for more.") var faults: [String] = []

        func validate() throws {
            guard (1...256).contains(count) else { throw ValidationError("--count is 1 to 256.") }
        }

        func run() async throws {
            var units =
                labelled
                ? try SandboxUnits.labelled(count: count, seed: seed) : SandboxUnits.blank(count: count, seed: seed)
            for index in units.indices {
                units[index].firmware = firmware
                units[index].bootTime = Int64(bootTime) * 1000
                units[index].replyTime = Int64(replyTime) * 1000
                units[index].saveTime = Int64(saveTime) * 1000
                units[index].noise = noise
            }
            for text in faults {
                let parts = text.split(separator: "=", maxSplits: 1)
                guard parts.count == 2, let number = Int(parts[0]), units.indices.contains(number - 1) else {
                    throw MintmarkError(
                        .badInput, "\"\(text)\" is no fault of a unit here", next: "Write NUMBER=NAME@COMMAND#N.")
                }
                units[number - 1].faults.append(try UnitFault(text: String(parts[1])))
            }
            let folder = StationFiles.absolute(folder)
            try Folders.make(folder)
            let bench = UnitBench(
                UnitBench.Configuration(folder: folder, units: units, baud: pace, connect: try connect()))
            try bench.start()
            defer { bench.stop() }
            for number in 1...count { Terminal.output(bench.path(number)) }
            try await UnitControl(bench: bench, path: "\(folder)/control.sock").run()
        }

        private func connect() throws -> (@Sendable (ModuleConnection) async -> ModuleConnection.Answer)? {
            guard let cloud else { return nil }
            let link = try SandboxLink(
                cloud, caFile: caFile.map { StationFiles.absolute($0) }, softwareVersion: Mintmark.version)
            return { connection in
                guard let answer = await link.connect(connection.dsn, connection.json) else { return .silence }
                return .status(answer.isBelieved ? answer.status : 404)
            }
        }
    }

    struct Cloud: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Run a virtual cloud over TLS on loopback until stopped.",
            discussion: """
                FOLDER gets ca.pem and the secret files of a station of each kind. The first line printed is the base \
                URL for every endpoint of a station file.

                --templates takes a template's folder with template.yaml and properties.csv; MODEL@VERSION=FILE with a \
                file in the portal's import format for properties; or a JSON file, {"templates":[…]}, with items as
                  {"id":1,"name":…,"oem":"0dfc7900","oem_model":…,"version":…,
                  "registration_type":"AP-Mode","properties":[{"name":…,
                  "base_type":…,"direction":…,"scope":"user",
                  "ack_enabled":false,"host_sw_version":false}]}

                A unit connects, for a test or as the customer's, with
                  curl --cacert FOLDER/ca.pem URL/sandbox/devices/DSN/connect
                  -d '{"test":true,"oem":"0dfc7900","oem_model":"MODEL",
                  "template_version":"VERSION","oem_key":"BASE64"}'
                and gets the twin of the template that fits. "setup_token" is the text that a phone gave the unit, \
                for registration; "reset":true says that the unit was set back, which ends a factory reset.
                What else a unit or its user does, at the same place, once it connected:
                  disconnect; report {"name":…,"value":…}, a value of an output property;
                  acknowledge {"name":…,"status":200,"message":0}, the newest value of an input
                  property whose template says ack_enabled;
                  push-button, for registration; locate {"lat":…,"long":…}.
                Streams tell of connectivity, datapoint, datapointack, registration, location and activation to \
                subscriptions that an access rule allows; seq_start and seq_end tell the last \
                \(CloudSubscription.kept) again.

                Switches: \(CloudSwitches.forms.joined(separator: ", "))
                Faults, written NAME@ROUTE#N or NAME@ROUTE%PERCENT: \(CloudFault.forms.joined(separator: ", "))
                Of these only \(CloudFault.streamForms.joined(separator: ", ")) strike the route stream.
                Routes: \(CloudRoute.allCases.map(\.rawValue).joined(separator: ", "))
                """)

        @Argument(help: "Folder for the CA certificate and secret files.") var folder: String
        @Option(help: "Port on 127.0.0.1; 0 lets the system choose.") var port = 0
        @Option(name: .customLong("switch"), help: "A switch, as D11=overwrite; repeat for more.") var switches:
            [String] = []
        @Option(name: .customLong("fault"), help: "A fault; repeat for more.") var faults: [String] = []
        @Option(help: "What the server shows: \(Certificates.allCases.map(\.rawValue).joined(separator: ", ")).")
        var certificate = Certificates.good.rawValue
        @Option(help: "Templates that twins are made from: a file or a folder; repeat for more.") var templates:
            [String] = []
        @Option(help: "Seed of faults by chance and of the times that faults draw.") var seed: UInt64 = 1

        func run() async throws {
            let folder = StationFiles.absolute(folder)
            try Folders.make(folder)
            var configuration = VirtualCloud.Configuration()
            configuration.folder = folder
            configuration.port = port
            guard let certificate = Certificates(rawValue: certificate) else {
                throw ValidationError("--certificate is one of those in the help.")
            }
            configuration.certificate = certificate
            configuration.seed = seed
            for text in switches { try configuration.switches.set(text) }
            configuration.faults = try faults.map { text in try CloudFault(text: text) }
            configuration.templates = try SandboxTemplates.read(templates)
            let cloud = try VirtualCloud(configuration)
            async let running: Void = cloud.run()
            Terminal.output(try await cloud.url)
            try await running
        }

        private typealias Certificates = VirtualCloud.Configuration.Certificate
    }
}
