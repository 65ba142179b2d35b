// SPDX-License-Identifier: Apache-2.0

/// What values the devices and the cloud take. Sources: Ayla Module CLI specification (2017-09), Ayla Factory Service
/// API specification v2.2 and the embedded agent's limits.
enum FieldRules {
    static let oemID = "an OEM id: 1-20 of letters, digits and -, not beginning with -"
    static let oemModel = "an OEM model: 1-20 of letters, digits and -, not beginning with -"
    static let moduleModel = "a module model: 1-23 of A-Z, 0-9"
    static let mfgModel = "1-23 printable ASCII characters without blank, comma and quote"
    static let mfgSerialPrefix = "1-24 printable ASCII characters without blank, comma and quote"
    static let ssidPrefix = "1-20 printable ASCII characters without blank, comma and quote"
    static let firmware = "a version as the boot banner shows it: 1-40 printable ASCII characters without blank"
    static let freeText = "1-64 printable characters without comma"
    static let stationName = "a name: 1-32 of a-z, 0-9 and -, not beginning with -"
    static let slotName = "a name: 1-16 of letters, digits and -"

    static func isOEMWord(_ text: String) -> Bool {
        isWord(text, 1...20) { isLetter($0) || isDigit($0) || $0 == dash } && !text.hasPrefix("-")
    }

    static func isModuleModel(_ text: String) -> Bool {
        isWord(text, 1...23) { isDigit($0) || (65...90).contains($0) }
    }

    static func isMfgModel(_ text: String) -> Bool { isWord(text, 1...23, isConsoleSafe) }

    static func isMfgSerialPrefix(_ text: String) -> Bool { isWord(text, 1...24, isConsoleSafe) }

    static func isFreeText(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count) && text.utf8.allSatisfy { $0 >= 32 && $0 != 127 && $0 != comma }
    }

    static func isStationName(_ text: String) -> Bool {
        isWord(text, 1...32) { isDigit($0) || (97...122).contains($0) || $0 == dash } && !text.hasPrefix("-")
    }

    static func isSlotName(_ text: String) -> Bool {
        isWord(text, 1...16) { isLetter($0) || isDigit($0) || $0 == dash }
    }

    static func isFirmware(_ text: String) -> Bool { isWord(text, 1...40) { (33...126).contains($0) } }

    static let ssid = "1-32 printable ASCII characters without blank, comma and quote"

    static func isSSID(_ text: String) -> Bool { isWord(text, 1...32, isConsoleSafe) }

    static func isSSIDPrefix(_ text: String) -> Bool { isWord(text, 1...20, isConsoleSafe) }

    private static let dash = UInt8(ascii: "-")
    private static let comma = UInt8(ascii: ",")

    private static func isWord(_ text: String, _ lengths: ClosedRange<Int>, _ isAllowed: (UInt8) -> Bool) -> Bool {
        lengths.contains(text.utf8.count) && text.utf8.allSatisfy(isAllowed)
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte) || (97...122).contains(byte) }
    static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    /// Written on a module's command line without quotes, and into a log whose fields end at commas.
    private static func isConsoleSafe(_ byte: UInt8) -> Bool {
        (33...126).contains(byte) && byte != comma && byte != UInt8(ascii: "\"")
    }
}
