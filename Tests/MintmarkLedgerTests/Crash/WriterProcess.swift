// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkCrypto
import TestSupport

/// The program `ledger-writer` and the ledger that it writes, in a folder of its own.
struct WriterProcess: ~Copyable {
    static let path = BuiltProduct.path("ledger-writer")

    let bench: LedgerBench
    private let root: TemporaryFolder
    private let keyFile: String

    init(_ key: Ed25519PrivateKey) throws {
        // In memory, where there is such a place: what is measured here is no disk.
        let root = try TemporaryFolder(in: Self.memory)
        keyFile = try root.write("key.pem", try key.pem().withBytes { String(decoding: $0, as: UTF8.self) })
        bench = LedgerBench(root: root.path, key: key)
        self.root = root
    }

    var arguments: [String] { [root.path, keyFile] }
    var log: String { root.file("log") }

    @discardableResult
    borrowing func run(_ job: String..., under shim: CallShim? = nil) async throws -> Child.Result {
        try await Child.run(Self.path, arguments + job, under: shim)
    }

    static let memory = FileManager.default.isWritableFile(atPath: "/dev/shm") ? "/dev/shm" : nil
}
