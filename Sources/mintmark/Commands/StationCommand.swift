// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import MintmarkCore
import MintmarkStation

struct StationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "station", abstract: "Station files and the ledgers they name.",
        subcommands: [Init.self, Check.self, New.self, Confirm.self, ConfirmTime.self, Replace.self])

    struct Init: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make the ledger of a new station.",
            discussion: """
                Done once in a station's life. A ledger that is missing later is a fault, never made anew. With head-key \
                in the station file the key is made too, if it is a file that is not there, and the first head is signed.
                """)

        @Argument(help: "The station file.", completion: .file(extensions: ["yaml"])) var file: String

        func run() async throws {
            for line in try await NewStation.make(StationFiles.station(file)) { Terminal.error(line) }
        }
    }

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check station files and their templates.",
            discussion: "Every problem is told with file, line, column, what was found and what was expected.")

        @Argument(help: "Station files.", completion: .file(extensions: ["yaml"])) var files: [String]

        func run() throws {
            try Checks.each(files) { path in
                let file = try StationFiles.station(path)
                return
                    "\(file.kind.rawValue) station \(file.station), template \(file.template.name), \(file.environment), account \(file.account), \(file.slots.count) slots"
            }
        }
    }

    struct New: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write a station file to begin with.",
            discussion: "The file is complete but for what only you know: template, account, ports and secrets.")

        @Argument(help: "The file to write; it must not exist.") var file: String
        @Option(help: "Kind of station: label, config or verify.") var kind: StationKind = .config

        func run() throws {
            let name = ((file as NSString).lastPathComponent as NSString).deletingPathExtension
            try Folders.writeNew(StationSample.text(name: name, kind: kind), to: file, mode: 0o644)
            Terminal.error("Written: \(file). Next: correct it, then `mintmark station check \(file)`.")
        }
    }
}

extension StationKind: ExpressibleByArgument {}

/// A station file to begin with.
enum StationSample {
    static func text(name: String, kind: StationKind) -> String {
        let secret = kind == .config ? "  oem-secret: file:secrets/oem-secret  # mode 0600\n" : ""
        let network = kind == .verify ? "test-wifi: { ssid: bench-net, security: WPA2_Personal }\n" : ""
        let key = kind == .verify ? "  test-wifi-key: file:secrets/test-wifi-key  # mode 0600\n" : ""
        return """
            station: \(name)
            kind: \(kind.rawValue)
            template: ../templates/ledevb
            account: { oem-id: "0dfc7900" }
            cloud:
              region: us       # us, cn or eu
              deployment: dev  # dev or field
            secrets:           # where they are, never what they are
            \(secret)\(key)  user: file:secrets/user.json         # {"email","password","app_id","app_secret"}, mode 0600
              head-key: file:secrets/head-key       # made by `mintmark station init`; signs heads of the ledger
            ledger: var/\(name).sqlite
            head: var/\(name).head                  # the newest head; better on another disk
            # mirror: /mnt/other-host/\(name)       # a copy of every entry, on another disk or host
            \(network)slots:
              - { name: A1, usb: "1-1.4:1.0" }     # as `mintmark ports` shows it
              - { name: A2, port: /dev/ttyUSB1, baud: 115200 }

            """
    }
}
