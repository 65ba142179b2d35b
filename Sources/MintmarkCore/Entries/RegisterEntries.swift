// SPDX-License-Identifier: Apache-2.0

/// The unit is to be registered. The whole request can be made again from this entry and the sealed spool.
package struct RegisterIntent: EntryPayload {
    package static let type = EntryType.registerIntent
    package static let fields = [
        EntryField("request", .text, "UUIDv7 of the registration"),
        EntryField("registration", .object, "the request's fields, see registration"),
        EntryField("reason", .text, optional: true, "why a refused registration is sent once more"),
    ]

    package let request: String
    package var registration: Registration
    package let reason: String?

    package init(request: String, registration: Registration, reason: String? = nil) {
        self.request = request
        self.registration = registration
        self.reason = reason
    }

    package var json: JSONObject {
        ["reason": .text(reason), "registration": .object(registration.json), "request": .string(request)]
    }

    package init(json: JSONObject) throws(MintmarkError) {
        self.init(
            request: try json.text("request"),
            registration: try Registration(json: json["registration"]?.object ?? [:]),
            reason: json.optionalText("reason"))
    }
}

/// The cloud's state of the registration is known.
package struct RegisterResult: EntryPayload {
    package enum Badge: String, Sendable { case registered, refused, quarantined }

    package static let type = EntryType.registerResult
    package static let fields = [
        EntryField("request", .text, "UUIDv7 of the registration"),
        EntryField("dsn", .text, "the unit"),
        EntryField("badge", .text, "registered, refused or quarantined"),
        EntryField("found", .boolean, "true: the answer had been lost, the cloud was searched"),
        EntryField("status", .integer, optional: true, "HTTP status"),
        EntryField("code", .text, optional: true, "the cloud's own error code"),
        EntryField("text", .text, optional: true, "what the cloud said, or what differs"),
        EntryField("not_comparable", .list, "names of fields that were sent and that the cloud did not show"),
        EntryField("sandbox", .boolean, optional: true, "true: a sandbox answered"),
    ]

    package let request: String
    package let dsn: DSN
    package let badge: Badge
    package let wasFound: Bool
    package let status: Int?
    package let code: String?
    package let text: String?
    package let notComparable: [String]
    package let isSandbox: Bool

    package init(
        request: String, dsn: DSN, badge: Badge, wasFound: Bool = false, status: Int? = nil, code: String? = nil,
        text: String? = nil, notComparable: [String] = [], isSandbox: Bool = false
    ) {
        self.request = request
        self.dsn = dsn
        self.badge = badge
        self.wasFound = wasFound
        self.status = status
        self.code = code
        self.text = text
        self.notComparable = notComparable
        self.isSandbox = isSandbox
    }

    package var json: JSONObject {
        [
            "badge": .string(badge.rawValue), "code": .text(code), "dsn": .string(dsn.description),
            "found": .bool(wasFound), "not_comparable": .texts(notComparable), "request": .string(request),
            "sandbox": isSandbox ? true : nil, "status": .number(status), "text": .text(text),
        ]
    }

    package init(json: JSONObject) throws(MintmarkError) {
        self.init(
            request: try json.text("request"), dsn: try json.dsn("dsn"), badge: try json.choice("badge"),
            wasFound: json["found"]?.bool ?? false, status: json.optionalInteger("status"),
            code: json.optionalText("code"), text: json.optionalText("text"),
            notComparable: try json.texts("not_comparable"), isSandbox: json["sandbox"]?.bool ?? false)
    }
}

/// No trustworthy answer came.
package struct RegisterUnknown: EntryPayload {
    package static let type = EntryType.registerUnknown
    package static let fields = [
        EntryField("request", .text, "UUIDv7 of the registration"),
        EntryField("dsn", .text, "the unit"),
        EntryField("reason", .text, "how the answer was lost"),
    ]

    package let request: String
    package let dsn: DSN
    package let reason: String

    package init(request: String, dsn: DSN, reason: String) {
        self.request = request
        self.dsn = dsn
        self.reason = reason
    }

    package var json: JSONObject {
        ["dsn": .string(dsn.description), "reason": .string(reason), "request": .string(request)]
    }

    package init(json: JSONObject) throws(MintmarkError) {
        self.init(request: try json.text("request"), dsn: try json.dsn("dsn"), reason: try json.text("reason"))
    }
}
