// SPDX-License-Identifier: Apache-2.0

/// It cannot be said what the unit holds; it is set aside, and its DSN with it.
package struct UnitQuarantine: EntryPayload {
    package static let type = EntryType.unitQuarantine
    package static let fields = [
        EntryField("dsn", .text, optional: true, "the unit's DSN, if one was assigned or read"),
        EntryField("reason", .text, "why, in one sentence"),
        EntryField(
            "interrupted", .boolean, optional: true,
            "true: the station stopped in the middle; the unit goes on by itself if a run reads it back as expected. "
                + "Else a person has to decide"),
        ReadBack.field,
    ]

    package let dsn: DSN?
    package let reason: String
    package let isInterrupted: Bool
    package let readBack: ReadBack?

    package init(dsn: DSN?, reason: String, isInterrupted: Bool = false, readBack: ReadBack? = nil) {
        self.dsn = dsn
        self.reason = reason
        self.isInterrupted = isInterrupted
        self.readBack = readBack
    }

    package var json: JSONObject {
        [
            "dsn": .text(dsn?.description), "interrupted": isInterrupted ? true : nil,
            "read_back": readBack.map { .object($0.json) }, "reason": .string(reason),
        ]
    }

    package init(json: JSONObject) throws(MintmarkError) {
        self.init(
            dsn: json["dsn"] == nil ? nil : try json.dsn("dsn"), reason: try json.text("reason"),
            isInterrupted: json["interrupted"]?.bool ?? false, readBack: try ReadBack.optional(json))
    }
}

/// The unit was read back and may go on with the DSN it has.
package struct UnitRelease: EntryPayload {
    package static let type = EntryType.unitRelease
    package static let fields = [
        EntryField("dsn", .text, optional: true, "the unit's DSN"),
        EntryField("reason", .text, "why, in a person's words; what was read back, where a run released it"),
        ReadBack.field,
    ]

    package let dsn: DSN?
    package let reason: String
    package let readBack: ReadBack?

    package init(dsn: DSN?, reason: String, readBack: ReadBack? = nil) {
        self.dsn = dsn
        self.reason = reason
        self.readBack = readBack
    }

    package var json: JSONObject {
        [
            "dsn": .text(dsn?.description), "read_back": readBack.map { .object($0.json) },
            "reason": .string(reason),
        ]
    }

    package init(json: JSONObject) throws(MintmarkError) {
        self.init(
            dsn: json["dsn"] == nil ? nil : try json.dsn("dsn"), reason: try json.text("reason"),
            readBack: try ReadBack.optional(json))
    }
}
