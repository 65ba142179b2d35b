// SPDX-License-Identifier: Apache-2.0

/// A DSN is given up for good. No unit ever gets it, and the unit it was on may get another one.
package struct DSNBurned: EntryPayload {
    package static let type = EntryType.dsnBurned
    package static let fields = [
        EntryField("dsn", .text, "the DSN; it was never registered"),
        EntryField("reason", .text, "why, in a person's words"),
        ReadBack.field,
    ]

    package let dsn: DSN
    package let reason: String
    package let readBack: ReadBack?

    package init(dsn: DSN, reason: String, readBack: ReadBack? = nil) {
        self.dsn = dsn
        self.reason = reason
        self.readBack = readBack
    }

    package var json: JSONObject {
        [
            "dsn": .string(dsn.description), "read_back": readBack.map { .object($0.json) },
            "reason": .string(reason),
        ]
    }

    package init(json: JSONObject) throws(MintmarkError) {
        self.init(
            dsn: try json.dsn("dsn"), reason: try json.text("reason"), readBack: try ReadBack.optional(json))
    }
}

/// A free DSN goes back to whoever owns the numbers. It never comes back to this pool.
package struct DSNReturned: EntryPayload {
    package static let type = EntryType.dsnReturned
    package static let fields = [
        EntryField("dsn", .text, "the DSN; no unit ever had it"),
        EntryField("reason", .text, "why, in a person's words"),
    ]

    package let dsn: DSN
    package let reason: String

    package init(dsn: DSN, reason: String) {
        self.dsn = dsn
        self.reason = reason
    }

    package var json: JSONObject { ["dsn": .string(dsn.description), "reason": .string(reason)] }

    package init(json: JSONObject) throws(MintmarkError) {
        self.init(dsn: try json.dsn("dsn"), reason: try json.text("reason"))
    }
}
