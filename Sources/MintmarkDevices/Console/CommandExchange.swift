// SPDX-License-Identifier: Apache-2.0

/// One command and all that comes until the next prompt, as a value.
///
/// Whole lines count, never parts of lines: a log text that holds `FAIL:` or a prompt's letters means nothing.
struct CommandExchange {
    enum Echo: Equatable {
        case awaited
        case exact
        /// The first line was something else: a damaged echo, or the reply of a unit that does not echo.
        case other(String)
    }

    static let reset = "reset"

    let command: String
    private(set) var echo = Echo.awaited
    private(set) var lines: [String] = []
    private(set) var logs: [LogLine] = []
    /// Set by a boot banner, or by the log line that ends a boot.
    private(set) var boot = BootReport()
    /// Set when a line tells that the prompt has come although more text stands behind it.
    private(set) var promptInLine: ConsolePrompt?

    init(_ command: String) { self.command = command }

    /// The echo was compared before the line end was sent.
    mutating func confirmEcho() { echo = .exact }

    mutating func see(_ line: String) {
        var text = line
        if let (prompt, rest) = ConsolePrompt.leading(line) {
            text = rest
            if echo != .awaited { promptInLine = prompt }
        }
        if text.isEmpty { return }
        if text == command {
            // Whatever came before the echo answered something else.
            echo = .exact
            lines = []
            promptInLine = nil
            // A boot in front of the echo of `reset` is an older one; in front of any other it voids unsaved work.
            if command == Self.reset { boot = BootReport() }
        } else if let log = LogLine(text) {
            logs.append(log)
            boot.see(log)
        } else if boot.see(line: text) {
            lines = []
        } else {
            if echo == .awaited { echo = .other(text) }
            lines.append(text)
        }
    }
}
