// SPDX-License-Identifier: Apache-2.0

/// What a `bc` module says of itself while it boots.
package struct BootReport: Sendable, Equatable {
    /// The word behind `bc `, with ` sim` for a simulator build and `+` for a build from changed sources.
    package private(set) var version: String?
    /// The mode line; user mode has none.
    package private(set) var saysMode: ConsolePrompt?
    /// `bc init done` has come.
    package private(set) var isDone = false

    /// Any sign of a boot.
    package var hasBegun: Bool { version != nil || isDone }

    mutating func see(_ log: LogLine) {
        guard log.module == "mod" else { return }
        _ = take(log.text)
    }

    /// Takes the line if it is a version line (`bc 2.4.7 03/02/16 18:20:11 ID 5d1c0aa`) or, behind one, tells of the
    /// mode or the end: nothing fixes what such a line begins with.
    mutating func see(line: String) -> Bool {
        if version != nil, !isDone, take(line) { return true }
        let words = line.split(separator: " ")
        guard words.count >= 6, words[0] == "bc", let mark = words.lastIndex(of: "ID"), mark >= 4,
            words[mark - 1].contains(":"), words[mark - 2].contains("/"), mark + 1 < words.count
        else { return false }
        let isSimulator = words[2..<(mark - 2)].contains("sim")
        let isChanged = words[mark + 1].hasSuffix("+")
        self = BootReport()
        version = words[1] + (isChanged ? "+" : "") + (isSimulator ? " sim" : "")
        return true
    }

    private mutating func take(_ text: String) -> Bool {
        let words = text.split(separator: " ")
        if words.suffix(3) == ["bc", "init", "done"] {
            isDone = true
        } else if words.suffix(2) == ["mfg", "mode"] {
            saysMode = .manufacturing
        } else if words.suffix(2) == ["setup", "mode"] {
            saysMode = .setup
        } else {
            return false
        }
        return true
    }
}
