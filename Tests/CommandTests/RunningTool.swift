// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import Synchronization
import TestSupport

/// A `mintmark` that runs while the test goes on; its lines are read as they come.
final class RunningTool: Sendable {
    private let process: Process
    private let lines: AsyncStream<String>
    private let errors = Collector()
    private let output = Mutex("")

    convenience init(_ arguments: String...) throws { try self.init(arguments) }

    init(_ arguments: [String]) throws {
        process = Process()
        process.executableURL = URL(fileURLWithPath: Tool.path)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = errors.pipe
        let handle = pipe.fileHandleForReading
        lines = AsyncStream { stream in
            Thread.detachNewThread {
                var rest = Data()
                while case let data = handle.availableData, !data.isEmpty {
                    rest += data
                    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                        stream.yield(String(decoding: rest[..<end], as: UTF8.self))
                        rest = Data(rest[rest.index(after: end)...])
                    }
                }
                stream.finish()
            }
        }
        try process.run()
    }

    /// Waits for an event of this name; nil when the tool ended without one.
    func event(_ name: String) async throws -> JSONObject? {
        for await line in lines {
            self.output.withLock { $0 += line + "\n" }
            let object = try JSONParser.object(Array(line.utf8))
            if object["event"]?.text == name { return object }
        }
        return nil
    }

    /// Waits for its next line, whatever it is.
    func line() async -> String? { await lines.first { _ in true } }

    var pid: Int32 { process.processIdentifier }

    /// All of standard output and standard error, once it has ended.
    var everything: String { get async { output.withLock(\.self) + (await errors.text) } }

    func interrupt() { kill(process.processIdentifier, SIGINT) }

    func status() async -> Int32 {
        for await line in lines { output.withLock { $0 += line + "\n" } }
        process.waitUntilExit()
        return process.terminationStatus
    }
}
