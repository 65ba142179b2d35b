// SPDX-License-Identifier: Apache-2.0

/// When a run really ended, found out once there was a clock that could be trusted.
///
/// Its log line and its registration take their date from here; the entry of the run stays as it is.
package struct RunDated: EntryPayload {
    package static let type = EntryType.runDated
    package static let fields = [
        EntryField("time", .integer, "when the run ended, seconds since 1970 UTC"),
        EntryField("was", .integer, "what its record says, seconds since 1970 UTC"),
        EntryField(
            "lost", .boolean, optional: true,
            "true: the machine was started anew since, so nothing says when it was; the date stays"),
    ]

    /// Seconds since 1970 UTC.
    package let time: Int64
    /// Seconds since 1970 UTC.
    package let was: Int64
    /// The machine was started anew since: nothing says how long it was off, so the date stays.
    package let isLost: Bool

    package init(time: Int64, was: Int64, isLost: Bool = false) {
        self.time = time
        self.was = was
        self.isLost = isLost
    }

    /// Dates a run by the monotonic time of its result, which goes on whatever is done to the wall clock.
    package init(_ result: EntryStamp, was: Int64, now: ClockReading) {
        guard result.boot == now.boot else {
            self.init(time: was, was: was, isLost: true)
            return
        }
        let time = (now.wall - (now.monotonic - result.monotonic)) / 1_000_000
        let (apart, isTooLong) = time.subtractingReportingOverflow(was)
        let isNoise = !isTooLong && apart.magnitude <= ClockStep.threshold / 1_000_000
        self.init(time: isNoise ? was : time, was: was)
    }

    package var json: JSONObject {
        ["lost": isLost ? true : nil, "time": .integer(time), "was": .integer(was)]
    }

    package init(json: JSONObject) throws(MintmarkError) {
        self.init(
            time: Int64(try json.integer("time")), was: Int64(try json.integer("was")),
            isLost: json["lost"]?.bool ?? false)
    }
}
