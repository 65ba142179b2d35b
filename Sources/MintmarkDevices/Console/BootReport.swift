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
        switch log.text {
        case "mfg mode": saysMode = .manufacturing
        case "setup mode": saysMode = .setup
        case "bc init done": isDone = true
        default: break
        }
    }

    /// Takes the line if it is a version line: `bc 2.4.7 03/02/16 18:20:11 ID 5d1c0aa`.
    mutating func see(line: String) -> Bool {
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
}
