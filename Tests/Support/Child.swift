// SPDX-License-Identifier: Apache-2.0
package import Foundation
internal import Synchronization

/// A program that runs to its end.
package enum Child {
    package struct Result: Sendable {
        /// Exit status, or the number of the signal when one ended it.
        package let status: Int32
        package let isSignal: Bool
        package let output: String
        package let errors: String

        package var lines: [String] { output.split(separator: "\n").map(String.init) }
        package var isKilled: Bool { isSignal && status == SIGKILL }
    }

    package static func run(
        _ path: String, _ arguments: [String], under shim: CallShim? = nil, input: String = "", in folder: String? = nil
    ) async throws -> Result {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        if let shim { process.environment = shim.environment }
        if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
        let (output, errors, stdin) = (Collector(), Collector(), Pipe())
        process.standardOutput = output.pipe
        process.standardError = errors.pipe
        process.standardInput = stdin
        let (status, isSignal) = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = {
                continuation.resume(returning: ($0.terminationStatus, $0.terminationReason == .uncaughtSignal))
            }
            do {
                try process.run()
                // A program that has ended already wants no input.
                try? stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
                try? stdin.fileHandleForWriting.close()
            } catch { continuation.resume(throwing: error) }
        }
        return await Result(status: status, isSignal: isSignal, output: output.text, errors: errors.text)
    }
}

/// Everything that comes through a pipe. Read on a thread of its own: the virtual cloud needs the tasks' threads.
package final class Collector: Sendable {
    package let pipe = Pipe()
    private let stream: AsyncStream<Data>

    package init() {
        let handle = pipe.fileHandleForReading
        stream = AsyncStream { stream in
            Thread.detachNewThread {
                stream.yield(handle.readDataToEndOfFile())
                stream.finish()
            }
        }
    }

    package var text: String {
        get async {
            for await data in stream { return String(decoding: data, as: UTF8.self) }
            return ""
        }
    }
}
