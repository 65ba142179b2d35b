// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import MintmarkCore
import MintmarkCrypto
import MintmarkLedger
import MintmarkStation

extension LedgerCommand {
    struct Checkpoint: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the newest signed head of the log.",
            discussion: """
                A head is a C2SP checkpoint: a signed note of the log's name, its number of entries and their root.
                Whoever keeps one outside the factory can prove later that nothing below it was changed or removed.
                """)

        @Argument(help: "Ledger or station file.") var ledger: String
        @Flag(help: "Sign a new head first; LEDGER is the station file.") var sign = false
        @Flag(help: "Make the head file anew, when it is lost for good; LEDGER is the station file.")
        var newHeadFile = false
        @Option(name: .shortAndLong, help: "File to write, which must not exist.") var output: String?

        func run() async throws {
            if sign || newHeadFile { try await signNow() }
            guard let head = try LedgerReader(at: LedgerPath.of(ledger)).newestHead() else { throw SignedHead.missing }
            if let output {
                try Folders.writeNew(head.note.description, to: output, mode: 0o644)
            } else {
                Terminal.write(head.note.description, to: STDOUT_FILENO)
            }
        }

        private func signNow() async throws {
            let file = try StationFiles.station(ledger)
            guard let signing = try file.headSigning() else {
                throw MintmarkError(
                    .badSecret, "the station file names no head-key", next: "Name it under secrets.")
            }
            if newHeadFile { try signing.createHeadFile() }
            let opened = try await OpenLedger.open(file) { event in
                if case .notice(let text) = event { Terminal.error(text) }
            }
            try await opened.close()
        }
    }
}
