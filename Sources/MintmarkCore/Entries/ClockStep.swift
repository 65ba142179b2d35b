// SPDX-License-Identifier: Apache-2.0

/// The wall clock was set. Seen by comparing it with the monotonic clock of the same boot.
package struct ClockStep: EntryPayload {
    package static let type = EntryType.clockStep
    /// Microseconds; less is noise of reading two clocks, and the small corrections of a time service.
    package static let threshold: Int64 = 2_000_000
    package static let fields = [
        EntryField("expected", .integer, "wall time by the monotonic clock, microseconds since 1970 UTC"),
        EntryField("found", .integer, "wall time that the clock shows instead; entries keep the later of two times"),
    ]

    /// Microseconds since 1970 UTC.
    package let expected: Int64
    /// Microseconds since 1970 UTC.
    package let found: Int64

    package init(expected: Int64, found: Int64) {
        self.expected = expected
        self.found = found
    }

    package var json: JSONObject { ["expected": .integer(expected), "found": .integer(found)] }

    package init(json: JSONObject) throws(MintmarkError) {
        self.init(expected: Int64(try json.integer("expected")), found: Int64(try json.integer("found")))
    }
}
