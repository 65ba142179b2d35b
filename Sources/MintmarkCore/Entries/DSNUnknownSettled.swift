// SPDX-License-Identifier: Apache-2.0
/// A person found out what became of a reserve whose reply was lost: its DSNs are no longer counted as unknown. Those
/// that exist came in by an import, under their names.
package struct DSNUnknownSettled: EntryPayload {
    package static let type = EntryType.dsnUnknownSettled
    package static let fields = [
        EntryField("request", .text, "UUIDv7 of the request"),
        EntryField("count", .integer, "how many DSNs were counted as unknown for it"),
        EntryField("reason", .text, "what the person found"),
    ]

    package let request: String
    package let count: Int
    package let reason: String

    package init(request: String, count: Int, reason: String) {
        self.request = request
        self.count = count
        self.reason = reason
    }

    package var json: JSONObject {
        ["count": .number(count), "reason": .string(reason), "request": .string(request)]
    }

    package init(json: JSONObject) throws(MintmarkError) {
        self.init(
            request: try json.text("request"), count: try json.integer("count"), reason: try json.text("reason"))
    }
}
