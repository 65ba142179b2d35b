// SPDX-License-Identifier: Apache-2.0

/// One event of the manufacturing log: the fields of a log line, in the units the line is written from.
package struct ManufacturingRecord: Sendable, Equatable {
    package enum Status: String, Sendable, CaseIterable {
        case pass, fail, label, config
        case configTest = "config_test"
        case verify, assign
    }

    /// Seconds since 1970 UTC; log fields 2 and 3 and `dom_at` all come from it.
    package var time: Int64
    package var status: Status
    /// `err_code`; 0 is no error.
    package var errCode: Int
    package var model: String?
    package var dsn: DSN?
    package var mac: MAC?
    package var mfgModel: String?
    package var mfgSerial: String?
    package var hwsig: HardwareSignature?
    package var extra: String?
    package var oemID: String?
    package var oemModel: String?
    /// Nil: a connection to the cloud was not tried.
    package var connected: Bool?
    package var odm: String?
    package var firmware: String?

    package init(time: Int64, status: Status, errCode: Int = 0) {
        self.time = time
        self.status = status
        self.errCode = errCode
    }

    package var json: JSONObject {
        [
            "ads_connect": connected.map { .bool($0) }, "dsn": .text(dsn?.description), "err_code": .number(errCode),
            "extra": .text(extra), "hwsig": .text(hwsig?.description), "mac": .text(mac?.description),
            "mfg_model": .text(mfgModel), "mfg_sn": .text(mfgSerial), "mfg_sw_version": .text(firmware),
            "model": .text(model), "odm": .text(odm), "oem": .text(oemID), "oem_model": .text(oemModel),
            "status": .string(status.rawValue), "time": .integer(time),
        ]
    }

    package init(json: JSONObject) throws(MintmarkError) {
        self.init(
            time: Int64(try json.integer("time")), status: try json.choice("status"),
            errCode: try json.integer("err_code"))
        connected = json["ads_connect"]?.bool
        if let text = json.optionalText("dsn") { dsn = try DSN(text) }
        extra = json.optionalText("extra")
        if let text = json.optionalText("hwsig") { hwsig = try HardwareSignature(text) }
        if let text = json.optionalText("mac") { mac = try MAC(text) }
        mfgModel = json.optionalText("mfg_model")
        mfgSerial = json.optionalText("mfg_sn")
        firmware = json.optionalText("mfg_sw_version")
        model = json.optionalText("model")
        odm = json.optionalText("odm")
        oemID = json.optionalText("oem")
        oemModel = json.optionalText("oem_model")
    }
}
