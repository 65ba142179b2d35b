// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// What was done about the clock, and what it did to dates.
extension AuditEvents {
    package struct ClockStep: Sendable, Equatable {
        package let entry: Int64
        package let time: Int64
        package let expected: Int64
        package let found: Int64

        /// Microseconds; negative when the clock was set back.
        package var step: Int64 {
            let (step, isTooLong) = found.subtractingReportingOverflow(expected)
            return isTooLong ? (found < expected ? .min : .max) : step
        }

        init(_ place: (entry: Int64, time: Int64), _ body: JSONObject) {
            (entry, time) = place
            expected = body["expected"]?.integer ?? place.time
            found = body["found"]?.integer ?? place.time
        }
    }

    /// A person vouched for the clock.
    package struct ClockConfirmation: Sendable, Equatable {
        package let entry: Int64
        package let time: Int64
        package let actor: String
        /// On the other clock and on the machine's, microseconds since 1970 UTC.
        package let shown: Int64
        package let found: Int64

        init(_ place: (entry: Int64, time: Int64), actor: String, _ body: JSONObject) {
            (entry, time) = place
            self.actor = actor
            shown = body["shown"]?.integer ?? place.time
            found = body["found"]?.integer ?? place.time
        }
    }

    /// A run whose date was found out after its end.
    package struct DatedRun: Sendable, Equatable {
        package let entry: Int64
        package let time: Int64
        package let unit: String
        /// In its record and since, seconds since 1970 UTC.
        package let was: Int64
        package let dated: Int64
        /// Nothing told when it was: the date stays.
        package let isLost: Bool

        init(_ place: (entry: Int64, time: Int64), unit: String, _ body: JSONObject) {
            (entry, time) = place
            self.unit = unit
            was = body["was"]?.integer ?? place.time / 1_000_000
            dated = body["time"]?.integer ?? was
            isLost = body["lost"]?.bool ?? false
        }
    }
}
