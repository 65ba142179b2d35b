// SPDX-License-Identifier: Apache-2.0

/// A person compared the machine's clock with another one that can be trusted. It holds until the machine starts again
/// or its clock is set.
package struct ClockConfirmed: EntryPayload {
    package static let type = EntryType.clockConfirmed
    /// Microseconds. A person reads minutes off a clock and types them.
    package static let tolerance: Int64 = 120_000_000
    package static let fields = [
        EntryField("shown", .integer, "time on the other clock, microseconds since 1970 UTC"),
        EntryField("found", .integer, "time on the machine's clock at that moment, microseconds since 1970 UTC"),
    ]

    /// Microseconds since 1970 UTC.
    package let shown: Int64
    /// Microseconds since 1970 UTC.
    package let found: Int64

    package init(shown: Int64, found: Int64) {
        self.shown = shown
        self.found = found
    }

    package var json: JSONObject { ["found": .integer(found), "shown": .integer(shown)] }

    package init(json: JSONObject) throws(MintmarkError) {
        self.init(shown: Int64(try json.integer("shown")), found: Int64(try json.integer("found")))
    }
}
