// SPDX-License-Identifier: Apache-2.0

/// The cloud's list of devices proved that a reserve whose reply was lost had reserved nothing: it showed every free DSN
/// of this ledger as reserved, and no other one.
package struct DSNUnknownDisproved: EntryPayload {
    package static let type = EntryType.dsnUnknownDisproved
    package static let fields = [
        EntryField("request", .text, "UUIDv7 of the request"),
        EntryField("count", .integer, "how many DSNs were counted as unknown for it"),
        EntryField("waited", .integer, "seconds between the request and the list, at least"),
        EntryField("shown", .integer, "devices of the module model on the list, which was read to its end"),
        EntryField("controls", .integer, "free DSNs of this ledger, each shown as reserved"),
    ]

    package let request: String
    package let count: Int
    package let waited: Int
    package let shown: Int
    package let controls: Int

    package init(request: String, count: Int, waited: Int, shown: Int, controls: Int) {
        self.request = request
        self.count = count
        self.waited = waited
        self.shown = shown
        self.controls = controls
    }

    package var json: JSONObject {
        [
            "controls": .number(controls), "count": .number(count), "request": .string(request),
            "shown": .number(shown), "waited": .number(waited),
        ]
    }

    package init(json: JSONObject) throws(MintmarkError) {
        self.init(
            request: try json.text("request"), count: try json.integer("count"), waited: try json.integer("waited"),
            shown: try json.integer("shown"), controls: try json.integer("controls"))
    }
}
