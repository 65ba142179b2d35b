// SPDX-License-Identifier: Apache-2.0

/// A log line of a device, which may stand anywhere between the lines of a reply.
///
/// `[tag] time severity [thread] module: text`; the time is `hh:mm:ss.mmm` with or without a date, or milliseconds
/// since boot. No command's reply begins with a time and a severity; that is how the two are told apart.
struct LogLine: Equatable {
    let severity: Character
    let module: String
    let text: String

    /// Nil when the line is not a log line as a whole.
    init?(_ line: String) {
        var words = line.split(separator: " ", maxSplits: 4, omittingEmptySubsequences: true)[...]
        if let tag = words.first, tag.hasPrefix("["), tag.hasSuffix("]") { words = words.dropFirst() }
        guard let time = words.popFirst(), Self.isTime(time), let word = words.popFirst(),
            let severity = Self.severity(word)
        else { return nil }
        // One letter in front of the module is the thread's name.
        if let thread = words.first, thread.count == 1 { words = words.dropFirst() }
        guard let module = words.popFirst(), module.hasSuffix(":"), module.utf8.count > 1 else { return nil }
        self.severity = severity
        self.module = String(module.dropLast())
        text = words.joined(separator: " ")
    }

    /// An error of one of the modules that store what a setter was given.
    var tellsOfFailure: Bool {
        guard severity == "e", module == "conf" || module == "client" else { return false }
        return true
    }

    private static func isTime(_ word: Substring) -> Bool {
        let time = word.split(separator: "T", maxSplits: 1).last ?? word
        return time.utf8.allSatisfy { (48...57).contains($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") }
            && (time.utf8.first.map { (48...57).contains($0) } ?? false)
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
