// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// A fault of a virtual unit: what goes wrong, at which command, at its how manyth occurrence.
///
/// Written `NAME`, `NAME@COMMAND`, `NAME@COMMAND#N`. `COMMAND` is how the command's line begins. Faults of single
/// letters (`lost-letter`, `flipped-byte`, `reset-mid-dialog`, `echo-late`) strike at the first letter behind it.
package struct UnitFault: Sendable, Equatable, CustomStringConvertible {
    package enum Kind: String, Sendable, CaseIterable {
        case silence
        case garbage
        case lostLetter = "lost-letter"
        case flippedByte = "flipped-byte"
        case damagedReply = "damaged-reply"
        case resetMidDialog = "reset-mid-dialog"
        case resetInSave = "reset-in-save"
        case resetAfterSave = "reset-after-save"
        case bootLoop = "boot-loop"
        case wrongFirmware = "wrong-firmware"
        case wrongMode = "wrong-mode"
        case modeLineLies = "mode-line-lies"
        case alreadyLabelled = "already-labelled"
        case lyingSetter = "lying-setter"
        case saveLies = "save-lies"
        case oemKeyFails = "oem-key-fails"
        case notTested = "not-tested"
        case macMissing = "mac-missing"
        case macZero = "mac-zero"
        case macMulticast = "mac-multicast"
        case crcDiffers = "crc-differs"
        case echoOff = "echo-off"
        case echoLate = "echo-late"
        case logFlood = "log-flood"
        case logInLine = "log-in-line"
        case logBehindPrompt = "log-behind-prompt"
        case logSaysFail = "log-says-fail"
        case bannerCut = "banner-cut"
        case updater
        case unplug

        /// What the unit does, in one line.
        package var meaning: String {
            switch self {
            case .silence: "answers nothing from here on"
            case .garbage: "sends noise instead of the reply"
            case .lostLetter: "one letter of the line never reaches it"
            case .flippedByte: "one letter of the line reaches it changed"
            case .damagedReply: "one letter of the reply is changed on the way to the station"
            case .resetMidDialog: "restarts in the middle of the line"
            case .resetInSave: "restarts while it saves; nothing was kept"
            case .resetAfterSave: "restarts while it saves; all was kept"
            case .bootLoop: "restarts again and again before it is up"
            case .wrongFirmware: "boots with version 2.4.5"
            case .wrongMode: "boots in user mode"
            case .modeLineLies: "its banner says setup mode, its prompt is that of user mode"
            case .alreadyLabelled: "has a DSN of its own"
            case .lyingSetter: "says nothing, as on success, and does not store"
            case .saveLies: "says that it saved and keeps the old configuration"
            case .oemKeyFails: "cannot encrypt the OEM key; only a log line tells"
            case .notTested: "has no record of a passed module test"
            case .macMissing: "shows no MAC address"
            case .macZero: "shows an all-zero MAC address"
            case .macMulticast: "shows a multicast MAC address"
            case .crcDiffers: "its key file has another check sum than was written"
            case .echoOff: "does not echo"
            case .echoLate: "echoes two seconds late, behind the reply"
            case .logFlood: "prints fifty log lines before the reply"
            case .logInLine: "prints a log line inside a line of the reply"
            case .logBehindPrompt: "prints a log line behind the prompt, and no new prompt"
            case .logSaysFail: "prints log lines with FAIL:, usage: and prompts in their text"
            case .bannerCut: "its boot shows no version line and no end"
            case .updater: "sits in the firmware updater"
            case .unplug: "its cable is pulled"
            }
        }

        /// Whether the fault belongs to a boot or to the module itself rather than to a command.
        var isStanding: Bool {
            switch self {
            case .bootLoop, .wrongFirmware, .wrongMode, .modeLineLies, .alreadyLabelled, .notTested, .macMissing,
                .macZero, .macMulticast, .echoOff, .bannerCut, .updater:
                true
            default: false
            }
        }
    }

    package var kind: Kind
    /// Beginning of the command line it strikes at; empty is any.
    package var command: String
    /// Strikes at this occurrence, counted from 1; 0 is every one. A fault of the module itself counts boots.
    package var occurrence: Int

    /// Without an occurrence a fault of a command strikes once, one of the module itself always.
    package init(_ kind: Kind, at command: String = "", occurrence: Int? = nil) {
        self.kind = kind
        self.command = command
        self.occurrence = occurrence ?? (kind.isStanding ? 0 : 1)
    }

    package var description: String {
        let isUsual = occurrence == (kind.isStanding ? 0 : 1)
        return kind.rawValue + (command.isEmpty ? "" : "@\(command)") + (isUsual ? "" : "#\(occurrence)")
    }

    /// - Throws: `.badInput` with the list of names.
    package init(text: String) throws(MintmarkError) {
        let parts = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let names = parts[0].split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        guard let kind = names.first.flatMap({ Kind(rawValue: String($0)) }) else {
            throw MintmarkError(
                .badInput, "\"\(text.prefix(40))\" is no fault of a unit",
                next: "Choose from \(Kind.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        var occurrence: Int?
        if parts.count == 2 {
            guard let number = Int(parts[1]), number >= 0 else {
                throw MintmarkError(
                    .badInput, "\"\(parts[1])\" is no number of an occurrence", next: "Write NAME@COMMAND#N.")
            }
            occurrence = number
        }
        self.init(kind, at: names.count == 2 ? String(names[1]) : "", occurrence: occurrence)
    }
}
