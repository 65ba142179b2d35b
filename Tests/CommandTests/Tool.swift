// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization

/// The built `mintmark`, run as a person or a script would.
struct Tool {
    struct Result {
        let status: Int32
        let output: String
        let errors: String

        var lines: [String] { output.split(separator: "\n").map(String.init) }
    }

    /// Beside the test bundle.
    static var path: String {
        let bundle = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return (bundle as NSString).deletingLastPathComponent + "/mintmark"
    }

    @discardableResult
    static func run(_ arguments: String..., input: String = "", in folder: String? = nil) async throws -> Result {
        try await run(arguments, input: input, in: folder)
    }

    static func run(_ arguments: [String], input: String = "", in folder: String? = nil) async throws -> Result {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
        let (output, errors, stdin) = (Collector(), Collector(), Pipe())
        process.standardOutput = output.pipe
        process.standardError = errors.pipe
        process.standardInput = stdin
        let status = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do {
                try process.run()
                stdin.fileHandleForWriting.write(Data(input.utf8))
                stdin.fileHandleForWriting.closeFile()
            } catch { continuation.resume(throwing: error) }
        }
        return await Result(status: status, output: output.text, errors: errors.text)
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

/// Everything that comes through a pipe. Read on a thread of its own: the virtual cloud needs the tasks' threads.
final class Collector: Sendable {
    let pipe = Pipe()
    private let stream: AsyncStream<Data>

    init() {
        let handle = pipe.fileHandleForReading
        stream = AsyncStream { stream in
            Thread.detachNewThread {
                stream.yield(handle.readDataToEndOfFile())
                stream.finish()
            }
        }
    }

    var text: String {
        get async {
            for await data in stream { return String(decoding: data, as: UTF8.self) }
            return ""
        }
    }
}
