// SPDX-License-Identifier: Apache-2.0

/// A DSN that was unknown since a log's end was lost is found again: on a unit, or in the old machine's ledger.
package struct DSNReconciled: EntryPayload {
    package static let type = EntryType.dsnReconciled
    package static let fields = [
        EntryField("dsn", .text, "the DSN"),
        EntryField("state", .text, "where it is: free, assigned, written, registered, burned, returned, quarantined"),
        EntryField("mac", .text, optional: true, "MAC address of the unit that has it"),
        EntryField("hwsig", .text, optional: true, "hardware signature of that unit"),
        EntryField("mfg_sn", .text, optional: true, "manufacturer's serial number given with it"),
        EntryField("before", .text, optional: true, "state before its quarantine"),
        EntryField("reason", .text, "what showed it"),
    ]

    package let dsn: DSN
    package let state: DSNRecord.State
    package let mac: MAC?
    package let hwsig: HardwareSignature?
    package let mfgSerial: String?
    package let before: DSNRecord.State?
    package let reason: String

    package init(
        dsn: DSN, state: DSNRecord.State, mac: MAC? = nil, hwsig: HardwareSignature? = nil, mfgSerial: String? = nil,
        before: DSNRecord.State? = nil, reason: String
    ) {
        self.dsn = dsn
        self.state = state
        self.mac = mac
        self.hwsig = hwsig
        self.mfgSerial = mfgSerial
        self.before = before
        self.reason = reason
    }

    package var json: JSONObject {
        [
            "before": .text(before?.rawValue), "dsn": .string(dsn.description), "hwsig": .text(hwsig?.description),
            "mac": .text(mac?.description), "mfg_sn": .text(mfgSerial), "reason": .string(reason),
            "state": .string(state.rawValue),
        ]
    }

    package init(json: JSONObject) throws(MintmarkError) {
        self.init(
            dsn: try json.dsn("dsn"), state: try json.choice("state"),
            mac: try json.optionalText("mac").map { text throws(MintmarkError) in try MAC(text) },
            hwsig: try json.optionalText("hwsig").map { text throws(MintmarkError) in try HardwareSignature(text) },
            mfgSerial: json.optionalText("mfg_sn"), before: json["before"] == nil ? nil : try json.choice("before"),
            reason: try json.text("reason"))
    }
}
