// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import Testing

@Suite("UTCMoment")
struct UTCMomentTests {
    @Test(
        "a day is the whole day, a time is itself",
        arguments: [
            ("1970-01-01", 0, 86_400_000_000), ("2024-02-29", 1_709_164_800_000_000, 1_709_251_200_000_000),
            ("2026-03-17", 1_773_705_600_000_000, 1_773_792_000_000_000),
            ("2026-03-17T09:30:00Z", 1_773_739_800_000_000, 1_773_739_800_000_000),
            ("2026-03-17T09:30Z", 1_773_739_800_000_000, 1_773_739_800_000_000),
            ("2026-03-17T09:30:00.004Z", 1_773_739_800_004_000, 1_773_739_800_004_000),
            ("2026-03-17T09:30:00.000001Z", 1_773_739_800_000_001, 1_773_739_800_000_001),
            ("9999-12-31T23:59:59Z", 253_402_300_799_000_000, 253_402_300_799_000_000),
        ])
    func reads(text: String, start: Int64, end: Int64) throws {
        let moment = try UTCMoment(text)
        #expect(moment.start == start && moment.end == end)
    }

    @Test(
        "what is no day, no time or of no known zone is refused",
        arguments: [
            "", "2026", "2026-3-17", "2026-02-29", "2026-13-01", "2026-04-31", "2026-00-10", "1969-12-31",
            "2026-03-17T09:30:00", "2026-03-17T09:30:00+01:00", "2026-03-17T24:00:00Z", "2026-03-17T09:60Z",
            "2026-03-17T09:30:60Z", "2026-03-17T09:30:00.Z", "2026-03-17T09:30:00.1234567Z", "2026-03-17 ",
            "+026-03-17", "2026-03-17T09Z", "17.03.2026", "yesterday",
        ])
    func refuses(text: String) {
        #expect(throws: MintmarkError.self) { try UTCMoment(text) }
    }

    @Test("every day between 1970 and 2100 is the day after the one before")
    func days() throws {
        for day in 0..<47_482 as Range<Int64> {
            let date = UTCTime.fields(seconds: day * 86_400)
            #expect(UTCTime.days(year: Int64(date.year), month: Int64(date.month), day: Int64(date.day)) == day)
        }
    }
}
