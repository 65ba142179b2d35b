// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// A program that runs while the test goes on; its input stays open until `release`.
package final class HeldProcess: Sendable {
    private let process: Process
    private let input = Pipe()
    private let lines: AsyncStream<String>
    private let errors = Collector()
    private let end: AsyncStream<Int32>

    package init(_ path: String, _ arguments: [String]) throws {
        process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardInput = input
        let output = Pipe()
        process.standardOutput = output
        process.standardError = errors.pipe
        let handle = output.fileHandleForReading
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
        let (end, ended) = AsyncStream.makeStream(of: Int32.self)
        self.end = end
        process.terminationHandler = {
            ended.yield($0.terminationStatus)
            ended.finish()
        }
        try process.run()
    }

    package var pid: Int32 { process.processIdentifier }

    /// The next line of its output; nil when it has closed it.
    package func line() async -> String? { await lines.first { _ in true } }

    /// Ends its input.
    package func release() { try? input.fileHandleForWriting.close() }

    package func kill() { Glibc.kill(pid, SIGKILL) }

    package func interrupt() { Glibc.kill(pid, SIGINT) }

    /// Waits for its end: exit status or signal, and all of standard error.
    package func ended() async -> (status: Int32, errors: String) {
        let status = await end.first { _ in true } ?? -1
        return (status, await errors.text)
    }
}
