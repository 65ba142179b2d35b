// SPDX-License-Identifier: Apache-2.0

/// What a unit in a slot showed when somebody had to decide on it, and what the cloud showed of it.
package struct ReadBack: Sendable, Equatable {
    package enum Cloud: String, Sendable {
        /// The cloud shows what we sent.
        case equal
        /// The cloud shows no such unit.
        case absent
        /// The cloud shows something else.
        case different
    }

    package var mac: MAC
    package var hwsig: HardwareSignature?
    /// Nil: it shows none.
    package var dsn: DSN?
    package var firmware: String?
    /// The mode its prompt tells, `setup mode`.
    package var mode: String?
    package var oemID: String?
    package var oemModel: String?
    /// Whether an OEM key is stored; that it is the right one no unit can show.
    package var isOEMKeySet: Bool?
    /// Nil when the cloud was not asked.
    package var cloud: Cloud?

    package init(
        mac: MAC, hwsig: HardwareSignature?, dsn: DSN?, firmware: String? = nil, mode: String? = nil,
        oemID: String? = nil, oemModel: String? = nil, isOEMKeySet: Bool? = nil, cloud: Cloud? = nil
    ) {
        self.mac = mac
        self.hwsig = hwsig
        self.dsn = dsn
        self.firmware = firmware
        self.mode = mode
        self.oemID = oemID
        self.oemModel = oemModel
        self.isOEMKeySet = isOEMKeySet
        self.cloud = cloud
    }

    package var json: JSONObject {
        [
            "cloud": .text(cloud?.rawValue), "dsn": .text(dsn?.description), "firmware": .text(firmware),
            "hwsig": .text(hwsig?.description), "mac": .string(mac.description), "mode": .text(mode),
            "oem": .text(oemID), "oem_key_set": isOEMKeySet.map { .bool($0) }, "oem_model": .text(oemModel),
        ]
    }

    package init(json: JSONObject) throws(MintmarkError) {
        var signature: HardwareSignature?
        if let text = json.optionalText("hwsig") { signature = try HardwareSignature(text) }
        self.init(
            mac: try MAC(json.text("mac")), hwsig: signature, dsn: json["dsn"] == nil ? nil : try json.dsn("dsn"),
            firmware: json.optionalText("firmware"), mode: json.optionalText("mode"),
            oemID: json.optionalText("oem"), oemModel: json.optionalText("oem_model"),
            isOEMKeySet: json["oem_key_set"]?.bool,
            cloud: json["cloud"] == nil ? nil : try json.choice("cloud"))
    }

    /// The optional `read_back` of an entry's body; absent in older entries and where nothing was read.
    static let field = EntryField(
        "read_back", .object, optional: true,
        "what the unit showed in the slot: mac, hwsig, dsn, firmware, mode, oem, oem_model, oem_key_set; "
            + "cloud: equal, absent or different, where it was asked")

    /// Configured, saved and left in the mode in which it is sold.
    package var isWhole: Bool { isOEMKeySet == true && mode == "user mode" }

    static func optional(_ json: JSONObject) throws(MintmarkError) -> ReadBack? {
        guard let object = json[field.name]?.object else { return nil }
        return try ReadBack(json: object)
    }
}
