// SPDX-License-Identifier: Apache-2.0

/// DSNs are about to be asked of the cloud.
package struct DSNReserveIntent: EntryPayload {
    package static let type = EntryType.dsnReserveIntent
    package static let fields = [
        EntryField("request", .text, "UUIDv7 of the request"),
        EntryField("model", .text, "module model"),
        EntryField("count", .integer, "how many, 1-1000"),
    ]

    package let request: String
    package let model: String
    package let count: Int

    package init(request: String, model: String, count: Int) {
        self.request = request
        self.model = model
        self.count = count
    }

    package var json: JSONObject {
        ["count": .number(count), "model": .string(model), "request": .string(request)]
    }

    package init(json: JSONObject) throws(MintmarkError) {
        self.init(
            request: try json.text("request"), model: try json.text("model"), count: try json.integer("count"))
    }
}

/// The cloud gave no DSNs; nothing was reserved.
package struct DSNReserveRefused: EntryPayload {
    package static let type = EntryType.dsnReserveRefused
    package static let fields = [
        EntryField("request", .text, "UUIDv7 of the request"),
        EntryField("reason", .text, "what the cloud or the network said"),
    ]

    package let request: String
    package let reason: String

    package init(request: String, reason: String) {
        self.request = request
        self.reason = reason
    }

    package var json: JSONObject { ["reason": .string(reason), "request": .string(request)] }

    package init(json: JSONObject) throws(MintmarkError) {
        self.init(request: try json.text("request"), reason: try json.text("reason"))
    }
}

/// The reply to a reserve was lost.
package struct DSNUnknown: EntryPayload {
    package static let type = EntryType.dsnUnknown
    package static let fields = [
        EntryField("request", .text, "UUIDv7 of the request"),
        EntryField("model", .text, "module model"),
        EntryField("count", .integer, "how many DSNs may be reserved without our knowing their names"),
        EntryField("reason", .text, "how the reply was lost"),
    ]

    package let request: String
    package let model: String
    package let count: Int
    package let reason: String

    package init(request: String, model: String, count: Int, reason: String) {
        self.request = request
        self.model = model
        self.count = count
        self.reason = reason
    }

    package var json: JSONObject {
        [
            "count": .number(count), "model": .string(model), "reason": .string(reason),
            "request": .string(request),
        ]
    }

    package init(json: JSONObject) throws(MintmarkError) {
        self.init(
            request: try json.text("request"), model: try json.text("model"), count: try json.integer("count"),
            reason: try json.text("reason"))
    }
}

/// One DSN came into the pool.
package struct DSNReserved: EntryPayload {
    package static let type = EntryType.dsnReserved
    package static let fields = [
        EntryField("dsn", .text, "8-20 of A-Z, 0-9"),
        EntryField("model", .text, "module model it was reserved for"),
        EntryField("public_key", .text, "base64 of the RSA public key's DER"),
        EntryField("block", .text, "UUIDv7 of the reserve request, or SHA-256 of the archive"),
    ]

    package let dsn: DSN
    package let model: String
    package let publicKey: String
    package let block: String

    package init(dsn: DSN, model: String, publicKey: String, block: String) {
        self.dsn = dsn
        self.model = model
        self.publicKey = publicKey
        self.block = block
    }

    package var json: JSONObject {
        [
            "block": .string(block), "dsn": .string(dsn.description), "model": .string(model),
            "public_key": .string(publicKey),
        ]
    }

    package init(json: JSONObject) throws(MintmarkError) {
        self.init(
            dsn: try json.dsn("dsn"), model: try json.text("model"), publicKey: try json.text("public_key"),
            block: try json.text("block"))
    }
}

/// A reservation archive was taken in.
package struct DSNImport: EntryPayload {
    package static let type = EntryType.dsnImport
    package static let fields = [
        EntryField("sha256", .text, "SHA-256 of the archive's bytes, lower-case hex"),
        EntryField("name", .text, "file name, without its folder"),
        EntryField("model", .text, "module model"),
        EntryField("count", .integer, "how many DSNs were taken"),
        EntryField("first", .integer, optional: true, "first DSN taken, counted from 1 in the order of DSNs"),
        EntryField("last", .integer, optional: true, "last DSN taken"),
    ]

    package let sha256: String
    package let name: String
    package let model: String
    package let count: Int
    package let first: Int?
    package let last: Int?

    package init(sha256: String, name: String, model: String, count: Int, first: Int? = nil, last: Int? = nil) {
        self.sha256 = sha256
        self.name = name
        self.model = model
        self.count = count
        self.first = first
        self.last = last
    }

    package var json: JSONObject {
        [
            "count": .number(count), "first": .number(first), "last": .number(last), "model": .string(model),
            "name": .string(name), "sha256": .string(sha256),
        ]
    }

    package init(json: JSONObject) throws(MintmarkError) {
        self.init(
            sha256: try json.text("sha256"), name: try json.text("name"), model: try json.text("model"),
            count: try json.integer("count"), first: json.optionalInteger("first"),
            last: json.optionalInteger("last"))
    }
}

/// A DSN was given to a unit; nothing is written yet.
package struct DSNAssigned: EntryPayload {
    package static let type = EntryType.dsnAssigned
    package static let fields = [
        EntryField("dsn", .text, "the DSN taken from the pool"),
        EntryField("hwsig", .text, optional: true, "hardware signature of the unit"),
        EntryField("mac", .text, "MAC address of the unit, 12 lower-case hex digits"),
        EntryField("mfg_sn", .text, "manufacturer's serial number that goes with it"),
        EntryField("counter", .text, optional: true, "counter the number in mfg_sn was taken from"),
        EntryField("number", .integer, optional: true, "that number"),
    ]

    package let dsn: DSN
    package let hwsig: String?
    package let mac: String
    package let mfgSerial: String
    package let counter: String?
    package let number: Int?

    package init(
        dsn: DSN, hwsig: String?, mac: String, mfgSerial: String, counter: String? = nil, number: Int? = nil
    ) {
        self.dsn = dsn
        self.hwsig = hwsig
        self.mac = mac
        self.mfgSerial = mfgSerial
        self.counter = counter
        self.number = number
    }

    package var json: JSONObject {
        [
            "counter": .text(counter), "dsn": .string(dsn.description), "hwsig": .text(hwsig), "mac": .string(mac),
            "mfg_sn": .string(mfgSerial), "number": .number(number),
        ]
    }

    package init(json: JSONObject) throws(MintmarkError) {
        self.init(
            dsn: try json.dsn("dsn"), hwsig: json.optionalText("hwsig"), mac: try json.text("mac"),
            mfgSerial: try json.text("mfg_sn"), counter: json.optionalText("counter"),
            number: json.optionalInteger("number"))
    }
}

/// The unit showed the DSN after its final reset.
package struct DSNWritten: EntryPayload {
    package static let type = EntryType.dsnWritten
    package static let fields = [EntryField("dsn", .text, "the DSN read back from the unit")]

    package let dsn: DSN

    package init(dsn: DSN) { self.dsn = dsn }

    package var json: JSONObject { ["dsn": .string(dsn.description)] }

    package init(json: JSONObject) throws(MintmarkError) { self.init(dsn: try json.dsn("dsn")) }
}
