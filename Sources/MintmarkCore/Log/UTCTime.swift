// SPDX-License-Identifier: Apache-2.0

/// Calendar text of an instant, always UTC, proleptic Gregorian (days-from-civil arithmetic).
package enum UTCTime {
    package struct Fields: Sendable, Equatable {
        package let year, month, day, hour, minute, second: Int
    }

    package static func fields(seconds: Int64) -> Fields {
        let (days, rest) = (seconds.floored(by: 86_400), Int(seconds - seconds.floored(by: 86_400) * 86_400))
        let shifted = days + 719_468
        let era = shifted.floored(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let march = (5 * dayOfYear + 2) / 153
        let month = march < 10 ? march + 3 : march - 9
        return Fields(
            year: Int(yearOfEra + era * 400 + (month <= 2 ? 1 : 0)), month: Int(month),
            day: Int(dayOfYear - (153 * march + 2) / 5 + 1), hour: rest / 3600, minute: rest / 60 % 60,
            second: rest % 60)
    }

    /// Whole seconds between two instants in microseconds; 0 when the second is not the later one. Any numbers will do:
    /// a file that was tampered with can hold each.
    package static func seconds(from start: Int64, to end: Int64) -> Int64 {
        let (time, isTooLong) = end.subtractingReportingOverflow(start)
        return isTooLong ? (end > start ? .max / 1_000_000 : 0) : max(0, time) / 1_000_000
    }

    /// Days since 1970 of a date, also when the day is beyond the month's end.
    package static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted.floored(by: 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// `2026/03/17 09:30:00 UTC`: log field 3 and the cloud's `dom_at`.
    package static func logText(seconds: Int64) -> String {
        let t = fields(seconds: seconds)
        return "\(pad(t.year, 4))/\(pad(t.month))/\(pad(t.day)) \(pad(t.hour)):\(pad(t.minute)):\(pad(t.second)) UTC"
    }

    /// `2026-03-17T09:30:00Z`
    package static func isoText(seconds: Int64) -> String {
        let t = fields(seconds: seconds)
        return "\(pad(t.year, 4))-\(pad(t.month))-\(pad(t.day))T\(pad(t.hour)):\(pad(t.minute)):\(pad(t.second))Z"
    }

    private static func pad(_ number: Int, _ width: Int = 2) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}

extension Int64 {
    fileprivate func floored(by divisor: Int64) -> Int64 {
        self / divisor - (self % divisor < 0 ? 1 : 0)
    }
}
