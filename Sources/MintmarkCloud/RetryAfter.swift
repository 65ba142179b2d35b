// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// How long a service asks to be left alone.
///
/// Source: RFC 9110, sections 10.2.3 and 5.6.7: seconds, or a date as `Sun, 06 Nov 1994 08:49:37 GMT`.
struct RetryAfter: Sendable {
    /// As it was sent, printable.
    let text: String
    /// Nil when it cannot be read; at most a day.
    let pause: Duration?

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// `date` is the same answer's Date header: a date is counted from it, so that no clock but the service's counts.
    init(_ value: String, date: String?) {
        text = PrintableText.of(value, limit: 40)
        let seconds =
            Int64(value) ?? Self.seconds(value).flatMap { then in date.flatMap(Self.seconds).map { then - $0 } }
        pause = seconds.map { .seconds(min(max(0, $0), 86_400)) }
    }

    /// Seconds since 1970 of an HTTP date.
    private static func seconds(_ date: String) -> Int64? {
        let words = date.split(separator: " ")
        guard words.count == 6, words[5] == "GMT", let day = Int64(words[1]), (1...31).contains(day),
            let month = months.firstIndex(where: { $0 == words[2] }), let year = Int64(words[3]),
            (1970...9999).contains(year)
        else { return nil }
        let time = words[4].split(separator: ":").compactMap { Int64($0) }
        guard time.count == 3, time.allSatisfy({ (0...60).contains($0) }) else { return nil }
        return UTCTime.days(year: year, month: Int64(month) + 1, day: day) * 86_400 + time[0] * 3600 + time[1] * 60
            + time[2]
    }
}
