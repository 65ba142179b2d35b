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

    /// The next line of standard input without its end; nil at the end of input, and at once when the task is
    /// cancelled. Waits off the caller's thread. A cancelled wait leaves its thread behind, and the line it takes.
    static func readLine() async -> String? {
        let answer = LineAnswer()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                guard answer.waits(for: continuation) else { return }
                DispatchQueue.global().async { answer.give(lineOfInput()) }
            }
        } onCancel: {
            answer.give(nil)
        }
    }

    /// Reads no further than the line's end, and past stdio: a thread that waits in there holds its lock, and the end
    /// of the process must not wait for it.
    private static func lineOfInput() -> String? {
        var (line, byte) = ([UInt8](), UInt8(0))
        while true {
            let count = read(STDIN_FILENO, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count == 1 else { return line.isEmpty ? nil : String(decoding: line, as: UTF8.self) }
            if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
            line.append(byte)
        }
    }
}
