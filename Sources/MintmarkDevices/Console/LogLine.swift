// SPDX-License-Identifier: Apache-2.0

/// A log line of a device, which may stand anywhere between the lines of a reply.
///
/// `[tag] time severity [thread] module: text`; the time is `hh:mm:ss.mmm` with or without a date, or milliseconds
/// since boot. No command's reply begins with a time and a severity; that is how the two are told apart.
struct LogLine: Equatable {
    /// One small letter, whatever the build prints.
    let severity: Character
    let module: String
    let text: String

    /// Nil when the line is not a log line as a whole.
    init?(_ line: String) {
        var rest = line[...]
        if rest.hasPrefix("[") {
            guard Self.word(&rest).hasSuffix("]") else { return nil }
        }
        guard Self.isTime(Self.word(&rest)), let severity = Self.severity(Self.word(&rest)) else { return nil }
        var module = Self.word(&rest)
        // One letter in front of the module is the thread's name.
        if module.utf8.count == 1 { module = Self.word(&rest) }
        guard module.hasSuffix(":"), module.utf8.count > 1, module.dropLast().utf8.allSatisfy(Self.isNameByte) else {
            return nil
        }
        self.severity = severity
        self.module = String(module.dropLast())
        text = String(rest)
    }

    /// An error of one of the modules that store what a setter was given.
    var tellsOfFailure: Bool { severity == "e" && (module == "conf" || module == "client") }

    /// Takes the first word and the blanks around it off the text.
    private static func word(_ rest: inout Substring) -> Substring {
        rest = rest.drop { $0 == " " }
        let word = rest.prefix { $0 != " " }
        rest = rest[word.endIndex...].drop { $0 == " " }
        return word
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (97...122).contains(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }

    private static func isTime(_ word: Substring) -> Bool {
        let shape = String(decoding: word.utf8.map { (48...57).contains($0) ? 48 : $0 }, as: UTF8.self)
        switch shape {
        case "00:00:00.000", "0000-00-00T00:00:00.000": return true
        default: return !shape.isEmpty && shape.utf8.allSatisfy { $0 == 48 }
        }
    }

    /// One letter, or the whole word with a colon in long builds.
    private static func severity(_ word: Substring) -> Character? {
        switch word {
        case "i", "info:": "i"
        case "d", "debug:": "d"
        case "W", "w", "warning:": "w"
        case "E", "e", "error:": "e"
        case "m", "metric:": "m"
        case "P", "pass:": "p"
        case "F", "fail:": "f"
        default: nil
        }
    }
}
