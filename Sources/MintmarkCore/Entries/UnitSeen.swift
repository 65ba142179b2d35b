// SPDX-License-Identifier: Apache-2.0

/// A unit in a slot told who it is. From here on the ledger knows it.
package struct UnitSeen: EntryPayload {
    package static let type = EntryType.unitSeen
    package static let fields = [
        EntryField("mac", .text, "MAC address, 12 lower-case hex digits"),
        EntryField("hwsig", .text, optional: true, "hardware signature"),
        EntryField("dsn", .text, optional: true, "the DSN it shows"),
        EntryField("firmware", .text, optional: true, "version word of its boot banner"),
    ]

    package let mac: MAC
    package let hwsig: HardwareSignature?
    package let dsn: DSN?
    package let firmware: String?

    package init(mac: MAC, hwsig: HardwareSignature?, dsn: DSN?, firmware: String?) {
        self.mac = mac
        self.hwsig = hwsig
        self.dsn = dsn
        self.firmware = firmware
    }

    package var json: JSONObject {
        [
            "dsn": .text(dsn?.description), "firmware": .text(firmware), "hwsig": .text(hwsig?.description),
            "mac": .string(mac.description),
        ]
    }

    package init(json: JSONObject) throws(MintmarkError) {
        var signature: HardwareSignature?
        if let text = json.optionalText("hwsig") { signature = try HardwareSignature(text) }
        self.init(
            mac: try MAC(json.text("mac")), hwsig: signature, dsn: json["dsn"] == nil ? nil : try json.dsn("dsn"),
            firmware: json.optionalText("firmware"))
    }
}
