// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The `sqlite3` a stranger would change a ledger with, by Python's standard library.
enum SQLite {
    static func run(_ path: String, _ statements: String...) async throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let script =
            "import sqlite3,sys\nd=sqlite3.connect(sys.argv[1],isolation_level=None)\n[d.execute(s) for s in sys.argv[2:]]"
        process.arguments = ["python3", "-c", script, path] + statements
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in continuation.resume() }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        guard process.terminationStatus == 0 else { throw POSIXError(.EIO) }
    }
}
