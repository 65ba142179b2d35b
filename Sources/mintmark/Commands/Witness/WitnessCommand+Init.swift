// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import MintmarkCore
import MintmarkCrypto
import MintmarkLedger

extension WitnessCommand {
    struct Init: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make the store of a new witness, and its key if there is none; print its verifier key.",
            discussion: """
                Done once in a witness's life. A store that is missing later is a fault: a witness that forgot what it \
                cosigned must not go on under the same key.
                """)

        @Option(help: "Name of the witness, as acme.example/witness-1.") var name: String
        @Option(help: "Its Ed25519 private key in PEM; made, mode 0600, when the file is not there.") var key: String
        @Option(help: "Its store, which must not exist.") var store: String

        func run() throws {
            let (key, store) = (StationFiles.absolute(key), StationFiles.absolute(store))
            _ = try KeyFile.makeIfAbsent(key)
            try Folders.make(forFile: store)
            let made = try Witness.create(name: name, key: KeyFile.read(key, as: "witness key"), store: store)
            Terminal.output(made.description)
        }
    }
}
