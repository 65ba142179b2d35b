// SPDX-License-Identifier: Apache-2.0

/// A day or an instant that a person typed, always UTC: `2026-03-17` or `2026-03-17T09:30:00Z` (ISO 8601).
///
/// A day is the whole day, an instant is no longer than itself. Seconds may be left out or have a fraction of up to six
/// digits. A time without `Z` is refused: it would be somebody's local time.
package struct UTCMoment: Sendable, Equatable {
    /// Microseconds since 1970 UTC.
    package let start: Int64
    /// The first microsecond behind a day; of an instant, the instant itself.
    package let end: Int64

    /// - Throws: `.badInput`.
    package init(_ text: String) throws(MintmarkError) {
        var digits = text.utf8[...]
        guard let days = Self.days(&digits) else { throw Self.refused(text) }
        if digits.isEmpty {
            (start, end) = (days * 86_400_000_000, (days + 1) * 86_400_000_000)
            return
        }
        guard Self.take("T", &digits), let time = Self.time(&digits), Self.take("Z", &digits), digits.isEmpty else {
            throw Self.refused(text)
        }
        start = days * 86_400_000_000 + time
        end = start
    }

    private static func refused(_ text: String) -> MintmarkError {
        MintmarkError(
            .badInput, "\"\(text.prefix(40))\" is neither a day nor a time in UTC",
            next: "Write 2026-03-17, or 2026-03-17T09:30:00Z.")
    }

    /// Days since 1970 of `YYYY-MM-DD`; nil when the calendar has no such day.
    private static func days(_ text: inout Substring.UTF8View) -> Int64? {
        guard let year = number(4, &text), take("-", &text), let month = number(2, &text), take("-", &text),
            let day = number(2, &text), year >= 1970, (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        let days = UTCTime.days(year: year, month: month, day: day)
        let back = UTCTime.fields(seconds: days * 86_400)
        return back.month == Int(month) && back.day == Int(day) ? days : nil
    }

    /// Microseconds since midnight of `hh:mm`, `hh:mm:ss` or `hh:mm:ss.ffffff`.
    private static func time(_ text: inout Substring.UTF8View) -> Int64? {
        guard let hour = number(2, &text), take(":", &text), let minute = number(2, &text), hour < 24, minute < 60
        else { return nil }
        var time = (hour * 60 + minute) * 60_000_000
        guard take(":", &text) else { return time }
        guard let second = number(2, &text), second < 60 else { return nil }
        time += second * 1_000_000
        guard take(".", &text) else { return time }
        let count = text.prefix { isDigit($0) }.count
        guard (1...6).contains(count), var fraction = number(count, &text) else { return nil }
        for _ in count..<6 { fraction *= 10 }
        return time + fraction
    }

    private static func number(_ count: Int, _ text: inout Substring.UTF8View) -> Int64? {
        let digits = text.prefix(count)
        guard digits.count == count, digits.allSatisfy(isDigit) else { return nil }
        text = text.dropFirst(count)
        return digits.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    private static func take(_ character: Character, _ text: inout Substring.UTF8View) -> Bool {
        guard let byte = character.asciiValue, text.first == byte else { return false }
        text = text.dropFirst()
        return true
    }
}
