// SPDX-License-Identifier: Apache-2.0

/// What the cloud is told of one unit. Rebuilt word for word from its ledger entry, so it holds no secret:
/// the Wi-Fi setup key waits in the sealed spool under the request's id.
package struct Registration: Sendable, Equatable {
    package enum Call: String, Sendable, CaseIterable { case manufacture, provision }

    package var call: Call
    package var dsn: DSN
    package var model: String
    package var mac: MAC
    package var hwsig: HardwareSignature?
    /// Date of manufacture, seconds since 1970 UTC.
    package var domAt: Int64
    package var manufModel: String?
    package var manufSN: String?
    package var odm: String?
    package var firmware: String?
    package var connected: Bool?
    /// The tenant; never sent, compared with what the cloud shows.
    package var oemID: String?
    package var oemModel: String?
    package var oemHostVersion: String?
    /// Whether a Wi-Fi setup key goes with it.
    package var hasSetupKey: Bool

    package init(
        call: Call, dsn: DSN, model: String, mac: MAC, hwsig: HardwareSignature?, domAt: Int64,
        manufModel: String? = nil, manufSN: String? = nil, odm: String? = nil, firmware: String? = nil,
        connected: Bool? = nil, oemID: String? = nil, oemModel: String? = nil, oemHostVersion: String? = nil,
        hasSetupKey: Bool = false
    ) {
        self.call = call
        self.dsn = dsn
        self.model = model
        self.mac = mac
        self.hwsig = hwsig
        self.domAt = domAt
        self.manufModel = manufModel
        self.manufSN = manufSN
        self.odm = odm
        self.firmware = firmware
        self.connected = connected
        self.oemID = oemID
        self.oemModel = oemModel
        self.oemHostVersion = oemHostVersion
        self.hasSetupKey = hasSetupKey
    }

    package var json: JSONObject {
        [
            "ads_connect_flag": connected.map { .bool($0) }, "call": .string(call.rawValue),
            "dom_at": .integer(domAt), "dsn": .string(dsn.description), "hwsig": .text(hwsig?.description),
            "mac": .string(mac.description), "manuf_model": .text(manufModel), "manuf_sn": .text(manufSN),
            "model": .string(model), "module_sw_version": .text(firmware), "odm": .text(odm), "oem": .text(oemID),
            "oem_host_version": .text(oemHostVersion), "oem_model": .text(oemModel),
            "wifi_setup_key": hasSetupKey ? true : nil,
        ]
    }

    package init(json: JSONObject) throws(MintmarkError) {
        var signature: HardwareSignature?
        if let text = json.optionalText("hwsig") { signature = try HardwareSignature(text) }
        self.init(
            call: try json.choice("call"), dsn: try json.dsn("dsn"), model: try json.text("model"),
            mac: try MAC(json.text("mac")), hwsig: signature, domAt: Int64(try json.integer("dom_at")),
            manufModel: json.optionalText("manuf_model"), manufSN: json.optionalText("manuf_sn"),
            odm: json.optionalText("odm"), firmware: json.optionalText("module_sw_version"),
            connected: json["ads_connect_flag"]?.bool, oemID: json.optionalText("oem"),
            oemModel: json.optionalText("oem_model"), oemHostVersion: json.optionalText("oem_host_version"),
            hasSetupKey: json["wifi_setup_key"]?.bool ?? false)
    }
}
