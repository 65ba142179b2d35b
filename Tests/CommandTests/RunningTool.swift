// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import Synchronization
import TestSupport

/// A `mintmark` that runs while the test goes on; its lines are read as they come.
final class RunningTool: Sendable {
    private let process: HeldProcess
    private let printed = Mutex("")

    convenience init(_ arguments: String...) throws { try self.init(arguments) }

    init(_ arguments: [String]) throws {
        process = try HeldProcess(Tool.path, arguments)
        process.release()
    }

    var pid: Int32 { process.pid }

    /// Waits for an event of this name; nil when the tool ended without one.
    func event(_ name: String) async throws -> JSONObject? {
        while let line = await line() {
            let object = try JSONParser.object(Array(line.utf8))
            if object["event"]?.text == name { return object }
        }
        return nil
    }

    /// Waits for its next line, whatever it is.
    func line() async -> String? {
        let line = await process.line()
        if let line { printed.withLock { $0 += line + "\n" } }
        return line
    }

    func kill() { process.kill() }

    func interrupt() { process.interrupt() }

    /// Waits for its end; returns its status, and all of standard output and standard error.
    func ended() async -> (status: Int32, everything: String) {
        while await line() != nil {}
        let (status, errors) = await process.ended()
        return (status, printed.withLock(\.self) + errors)
    }
}
