// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport

/// The built `mintmark`, run as a person or a script would.
struct Tool {
    typealias Result = Child.Result

    static let path = BuiltProduct.lean("mintmark")

    @discardableResult
    static func run(_ arguments: String..., input: String = "", in folder: String? = nil) async throws -> Result {
        try await run(arguments, input: input, in: folder)
    }

    static func run(
        _ arguments: [String], under shim: CallShim? = nil, input: String = "", in folder: String? = nil
    ) async throws -> Result {
        try await Child.run(path, arguments, under: shim, input: input, in: folder)
    }

    /// Starts the tool, kills it with SIGKILL after so many microseconds and waits for its end.
    ///
    /// True when it was still running then.
    static func runAndKill(_ arguments: [String], after microseconds: Int) async throws -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        return try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationReason == .uncaughtSignal) }
            do { try process.run() } catch { return continuation.resume(throwing: error) }
            let pid = process.processIdentifier
            DispatchQueue.global().asyncAfter(deadline: .now() + .microseconds(microseconds)) { kill(pid, SIGKILL) }
        }
    }
}
