// SPDX-License-Identifier: Apache-2.0

/// The prompts a module may show, each telling its mode. They are not ended by a line end.
package enum ConsolePrompt: String, Sendable, CaseIterable {
    case manufacturing = "mfg-> "
    case setup = "setup-> "
    case user = "--> "
    /// A simulator build.
    case simulator = "sim-> "
    /// The firmware updater, waiting for a transfer.
    case updater = "<>"
    case bootLoader = "uboot> "

    /// The mode's name as an operator reads it.
    package var mode: String {
        switch self {
        case .manufacturing: "manufacturing mode"
        case .setup: "setup mode"
        case .user: "user mode"
        case .simulator: "a simulator build"
        case .updater: "the firmware updater"
        case .bootLoader: "the boot loader"
        }
    }

    /// The prompt these bytes are, to the last one.
    static func whole(_ bytes: [UInt8]) -> ConsolePrompt? {
        guard let last = bytes.last, last == UInt8(ascii: " ") || last == UInt8(ascii: ">"), bytes.count <= 8 else {
            return nil
        }
        return allCases.first { bytes.elementsEqual($0.rawValue.utf8) }
    }

    /// The prompt a line begins with, and what stands behind it.
    static func leading(_ line: String) -> (ConsolePrompt, String)? {
        for prompt in allCases where line.hasPrefix(prompt.rawValue) {
            return (prompt, String(line.dropFirst(prompt.rawValue.count)))
        }
        return nil
    }
}
