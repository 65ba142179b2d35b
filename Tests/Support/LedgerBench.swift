// SPDX-License-Identifier: Apache-2.0
internal import Foundation
package import MintmarkCore
package import MintmarkCrypto
package import MintmarkLedger

/// A ledger with signed heads and a head file beside it, in one folder: what `ledger-writer` writes, and what a test
/// opens again after it was broken off.
package struct LedgerBench: Sendable {
    package static let model = "AY001MTP1"

    /// Holds the ledger's folder and what does not belong to it.
    package let root: String
    private let key: Ed25519PrivateKey

    package var folder: String { "\(root)/ledger" }
    package var ledger: String { "\(folder)/bench.sqlite" }
    package var headFile: String { "\(folder)/head" }
    /// A line for each thing that the ledger said is done: how many DSNs are in it.
    package var told: String { "\(root)/told" }

    package init(root: String, key: Ed25519PrivateKey) {
        self.root = root
        self.key = key
    }

    package func create(clock: any StationClock) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try SQLiteLedger.create(at: ledger, station: "bench", kind: .label, software: "1.0+test", clock: clock)
        try signing.createHeadFile()
    }

    package func open(clock: any StationClock) async throws -> SQLiteLedger {
        try await SQLiteLedger.open(
            at: ledger, station: "bench", software: "1.0+test", binaryHash: String(repeating: "0", count: 64),
            clock: clock, signing: signing)
    }

    /// How many DSNs the ledger said it holds, last; nil before it said anything.
    package func lastTold() throws -> Int? {
        guard let bytes = FileManager.default.contents(atPath: told) else { return nil }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").last.flatMap { Int($0) }
    }

    package static func dsn(_ number: Int) throws -> DSN { try DSN("AC000W\(100_000_000 + number)") }

    /// Of the size that the entry of a real DSN has.
    package static func reserved(_ number: Int) throws -> EntryDraft {
        let body = DSNReserved(dsn: try dsn(number), model: model, publicKey: SampleKey.pkcs1, block: "block")
        return EntryDraft(body, by: EntryContext(actor: "pool", unit: try dsn(number).description))
    }

    private var signing: HeadSigning { HeadSigning(key: key, headFile: headFile) }
}
