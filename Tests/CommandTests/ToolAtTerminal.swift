// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization
import TestSupport

/// A `mintmark` whose controlling terminal is a pty of the test's, in which a person sits: Ctrl-C is a key there.
final class ToolAtTerminal: Sendable {
    private let process = Process()
    private let primary: CInt
    private let shown: AsyncStream<String>
    private let screen = Mutex("")
    private let end: AsyncStream<Int32>

    init(_ arguments: String...) throws {
        var (primary, replica): (CInt, CInt) = (-1, -1)
        guard openpty(&primary, &replica, nil, nil, nil) == 0 else { throw POSIXError(.ENODEV) }
        let terminal = FileHandle(fileDescriptor: replica, closeOnDealloc: true)
        self.primary = primary
        process.executableURL = URL(fileURLWithPath: "/usr/bin/setsid")
        process.arguments = ["--ctty", "--wait", Tool.path] + arguments
        process.standardInput = terminal
        process.standardOutput = terminal
        process.standardError = terminal
        let (end, ended) = AsyncStream.makeStream(of: Int32.self)
        self.end = end
        process.terminationHandler = {
            ended.yield($0.terminationStatus)
            ended.finish()
        }
        shown = AsyncStream { [primary] stream in
            Thread.detachNewThread {
                var bytes = [UInt8](repeating: 0, count: 4096)
                // Ends with EIO when the last of the other end's descriptors is closed.
                while case let count = read(primary, &bytes, bytes.count), count > 0 {
                    stream.yield(String(decoding: bytes[..<count], as: UTF8.self))
                }
                stream.finish()
            }
        }
        try process.run()
        try terminal.close()
    }

    deinit {
        terminate()
        close(primary)
    }

    /// All that was written to the screen until now.
    var text: String { screen.withLock(\.self) }

    /// Waits for more on the screen until this has stood there; false when the tool ended without it.
    func waits(for words: String) async -> Bool {
        for await more in shown {
            let all = screen.withLock { screen in
                screen += more
                return screen
            }
            if all.contains(words) { return true }
        }
        return false
    }

    /// Presses keys.
    func press(_ keys: String) {
        for byte in keys.utf8 { withUnsafeBytes(of: byte) { _ = write(primary, $0.baseAddress, 1) } }
    }

    /// SIGTERM to whoever has the terminal: not to the program that gave it to the tool.
    func terminate() {
        let group = tcgetpgrp(primary)
        if group > 1 { kill(-group, SIGTERM) }
    }

    /// Waits for its end.
    func ended() async -> Int32 {
        for await more in shown { screen.withLock { $0 += more } }
        return await end.first { _ in true } ?? -1
    }
}
