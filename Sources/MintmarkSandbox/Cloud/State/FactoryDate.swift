// SPDX-License-Identifier: Apache-2.0

/// The factory service's date of manufacture: `%Y/%m/%d %H:%M:%S %Z` in a request, ISO 8601 in an answer.
enum FactoryDate {
    /// `2025-03-04T09:15:00Z` of `2025/03/04 09:15:00 UTC`; nil when it is anything else. UTC and GMT are known zones.
    static func iso(_ text: String) -> String? {
        let bytes = Array(text.utf8)
        let pattern = Array("dddd/dd/dd dd:dd:dd ".utf8)
        guard bytes.count > pattern.count,
            zip(pattern, bytes).allSatisfy({ $0 == UInt8(ascii: "d") ? (48...57).contains($1) : $0 == $1 }),
            ["UTC", "GMT"].contains(String(decoding: bytes[pattern.count...], as: UTF8.self))
        else { return nil }
        func number(_ range: Range<Int>) -> Int { bytes[range].reduce(0) { $0 * 10 + Int($1) - 48 } }
        let (year, month, day) = (number(0..<4), number(5..<7), number(8..<10))
        guard (1...12).contains(month), (1...days(of: month, year)).contains(day), number(11..<13) < 24,
            number(14..<16) < 60, number(17..<19) < 61
        else { return nil }
        func digits(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        return "\(digits(0..<4))-\(digits(5..<7))-\(digits(8..<10))T\(digits(11..<19))Z"
    }

    private static func days(of month: Int, _ year: Int) -> Int {
        let isLeap = year.isMultiple(of: 4) && !year.isMultiple(of: 100) || year.isMultiple(of: 400)
        return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }
}
