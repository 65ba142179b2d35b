// SPDX-License-Identifier: Apache-2.0

/// When a run really ended, found out once the clock that dated it could be trusted.
///
/// Its log line and its registration take their date from here; the entry of the run stays as it is.
package struct RunDated: EntryPayload {
    package static let type = EntryType.runDated
    package static let fields = [
        EntryField("time", .integer, "when the run ended, seconds since 1970 UTC"),
        EntryField("was", .integer, "what its record says, seconds since 1970 UTC"),
    ]

    /// Seconds since 1970 UTC.
    package let time: Int64
    /// Seconds since 1970 UTC.
    package let was: Int64

    package init(time: Int64, was: Int64) {
        self.time = time
        self.was = was
    }

    /// Dates a run by the monotonic time of its result, which goes on whatever is done to the wall clock.
    ///
    /// Nil for a run before the machine was started last: nothing says how long it was off.
    package init?(_ result: EntryStamp, was: Int64, now: ClockReading) {
        guard result.boot == now.boot else { return nil }
        let time = (now.wall - (now.monotonic - result.monotonic)) / 1_000_000
        let isNoise = abs(time - was) * 1_000_000 <= ClockStep.threshold
        self.init(time: isNoise ? was : time, was: was)
    }

    package var json: JSONObject { ["time": .integer(time), "was": .integer(was)] }

    package init(json: JSONObject) throws(MintmarkError) {
        self.init(time: Int64(try json.integer("time")), was: Int64(try json.integer("was")))
    }
}
