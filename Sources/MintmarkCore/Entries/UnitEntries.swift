// SPDX-License-Identifier: Apache-2.0

/// It cannot be said what the unit holds; it is set aside, and its DSN with it.
package struct UnitQuarantine: EntryPayload {
    package static let type = EntryType.unitQuarantine
    package static let fields = [
        EntryField("dsn", .text, optional: true, "the unit's DSN, if one was assigned or read"),
        EntryField("reason", .text, "why, in one sentence"),
    ]

    package let dsn: DSN?
    package let reason: String

    package init(dsn: DSN?, reason: String) {
        self.dsn = dsn
        self.reason = reason
    }

    package var json: JSONObject { ["dsn": .text(dsn?.description), "reason": .string(reason)] }

    package init(json: JSONObject) throws(MintmarkError) {
        self.init(dsn: json["dsn"] == nil ? nil : try json.dsn("dsn"), reason: try json.text("reason"))
    }
}

/// The unit was read back and may go on with the DSN it has.
package struct UnitRelease: EntryPayload {
    package static let type = EntryType.unitRelease
    package static let fields = [
        EntryField("dsn", .text, optional: true, "the unit's DSN"),
        EntryField("reason", .text, "what was read back"),
    ]

    package let dsn: DSN?
    package let reason: String

    package init(dsn: DSN?, reason: String) {
        self.dsn = dsn
        self.reason = reason
    }

    package var json: JSONObject { ["dsn": .text(dsn?.description), "reason": .string(reason)] }

    package init(json: JSONObject) throws(MintmarkError) {
        self.init(dsn: json["dsn"] == nil ? nil : try json.dsn("dsn"), reason: try json.text("reason"))
    }
}
