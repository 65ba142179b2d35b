// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkCrypto
import MintmarkLedger
import MintmarkStation
import TestSupport

/// A process that does nothing but write a ledger, so that a test can break it off anywhere.
///
///     ledger-writer ROOT KEY-FILE create
///     ledger-writer ROOT KEY-FILE write COMMITS ENTRIES    appends so many commits of so many entries and closes
///     ledger-writer ROOT KEY-FILE hold                     says `open`, waits for the end of its input and closes
///
/// What the ledger acknowledged stands in ROOT/told. An error ends it with the error's exit status.
@main
enum LedgerWriterTool {
    static func main() async {
        do { try await run(Array(CommandLine.arguments.dropFirst())) } catch let error as MintmarkError {
            FileHandle.standardError.write(Data("\(error.description)\n".utf8))
            exit(error.code.exitStatus.rawValue)
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            exit(ExitStatus.usage.rawValue)
        }
    }

    private static func run(_ arguments: [String]) async throws {
        guard arguments.count >= 3 else { throw POSIXError(.EINVAL) }
        let pem = try Data(contentsOf: URL(fileURLWithPath: arguments[1]))
        let key = try pem.withUnsafeBytes { bytes throws(MintmarkError) in try Ed25519PrivateKey(pem: bytes) }
        let bench = LedgerBench(root: arguments[0], key: key)
        switch arguments[2] {
        case "create":
            try bench.create(clock: SystemClock())
            try tell(bench, "0")
        case "write":
            guard arguments.count == 5, let commits = Int(arguments[3]), let size = Int(arguments[4]) else {
                throw POSIXError(.EINVAL)
            }
            try await write(bench, commits: commits, size: size)
        case "hold":
            let ledger = try await bench.open(clock: SystemClock())
            FileHandle.standardOutput.write(Data("open\n".utf8))
            while readLine() != nil {}
            try await ledger.close()
        default: throw POSIXError(.EINVAL)
        }
    }

    private static func write(_ bench: LedgerBench, commits: Int, size: Int) async throws {
        let ledger = try await bench.open(clock: SystemClock())
        do {
            var number = try await ledger.read { try $0.account().reserved }
            for _ in 0..<commits {
                let drafts = try (number..<number + size).map { try LedgerBench.reserved($0) }
                try await ledger.commit { _ in Decision(drafts) }
                number += size
                try tell(bench, String(number))
            }
        } catch {
            try? await ledger.close()
            throw error
        }
        try await ledger.close()
    }

    private static func tell(_ bench: LedgerBench, _ line: String) throws {
        let file = open(bench.told, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        defer { close(file) }
        let bytes = Array("\(line)\n".utf8)
        guard Glibc.write(file, bytes, bytes.count) == bytes.count else { throw POSIXError(.EIO) }
    }
}
