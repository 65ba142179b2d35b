// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Foundation

/// Standard output for results, standard error for everything a person reads.
enum Terminal {
    static var isErrorATerminal: Bool { isatty(STDERR_FILENO) == 1 }
    static var isInputATerminal: Bool { isatty(STDIN_FILENO) == 1 }

    /// Columns of the terminal that standard output is; nil when it is none or does not tell.
    static var outputColumns: Int? {
        var size = winsize()
        guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return nil
        }
        return Int(size.ws_col)
    }

    static func output(_ line: String) { write(line + "\n", to: STDOUT_FILENO) }

    static func error(_ line: String) { write(line + "\n", to: STDERR_FILENO) }

    /// Writes as it stands, whole.
    static func write(_ text: String, to descriptor: CInt) {
        var text = text
        text.withUTF8 { bytes in
            var sent = 0
            while sent < bytes.count {
                let count = Foundation.write(descriptor, bytes.baseAddress.map { $0 + sent }, bytes.count - sent)
                guard count > 0 else { return }
                sent += count
            }
        }
    }
}

extension Terminal {
    /// Asks a person; nil where no person sits at the terminal.
    static var question: ((String) async -> String?)? {
        guard isInputATerminal, isErrorATerminal else { return nil }
        return { text in
            write(text, to: STDERR_FILENO)
            return await readLine()
        }
    }

    /// The next line of standard input without its end; nil at the end of input. Waits off the caller's thread.
    static func readLine() async -> String? {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: Swift.readLine()) }
        }
    }
}
