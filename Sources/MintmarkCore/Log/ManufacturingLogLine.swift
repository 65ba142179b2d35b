// SPDX-License-Identifier: Apache-2.0

/// Writes one line of the manufacturing log: comma-separated fields, no quoting, at most 255 characters.
///
/// Source: Ayla Factory Service API specification v2.2, "Manufacturing log format". The format has no escape, so a
/// comma, a line end or a TAB inside a field becomes a blank.
package enum ManufacturingLogLine {
    package static let maximumLength = 255

    /// What `fields` holds: every field but the version and the setup key.
    package static let names = [
        "time", "timestamp", "status", "err_code", "model", "dsn", "mac", "mfg_model", "mfg_sn", "hwsig", "extra",
        "oem_id", "oem_model", "ads_connect_flag", "odm", "mfg_sw_version",
    ]

    /// The line without its line end. `extra`, the free comment, is cut when the line would be too long.
    ///
    /// In format 4 the last field, the Wi-Fi setup key, is left empty: the caller writes its `keyLength` bytes behind
    /// the last comma, so that they stand in no text.
    package static func text(
        _ record: ManufacturingRecord, _ format: ManufacturingLogFormat = .v3, keyLength: Int = 0
    ) -> String {
        var extra = record.extra ?? ""
        let rest = fields(record, format, extra: "").utf8.count + keyLength
        while !extra.isEmpty, rest + extra.utf8.count > maximumLength { extra.unicodeScalars.removeLast() }
        return fields(record, format, extra: extra)
    }

    /// The fields of a line, as written, without the Wi-Fi setup key of format 4.
    package static func fields(_ record: ManufacturingRecord) -> [String] {
        let fields: [String] = [
            String(record.time), UTCTime.logText(seconds: record.time), record.status.rawValue,
            String(record.errCode), record.model ?? "", record.dsn?.description ?? "", record.mac?.description ?? "",
            record.mfgModel ?? "", record.mfgSerial ?? "", record.hwsig?.description ?? "", record.extra ?? "",
            record.oemID ?? "", record.oemModel ?? "", record.connected.map { $0 ? "1" : "0" } ?? "",
            record.odm ?? "", record.firmware ?? "",
        ]
        return fields.map(plain)
    }

    private static func fields(
        _ record: ManufacturingRecord, _ format: ManufacturingLogFormat, extra: String
    ) -> String {
        var record = record
        record.extra = extra
        let fields = [String(format.rawValue)] + fields(record)
        return (fields.prefix(format.fieldCount) + (format == .v4 ? [""] : [])).joined(separator: ",")
    }

    /// What the format can carry of a text.
    package static func plain(_ field: String) -> String {
        guard field.utf8.contains(where: { $0 < 0x20 || $0 == UInt8(ascii: ",") }) else { return field }
        return String(decoding: field.utf8.map { $0 < 0x20 || $0 == UInt8(ascii: ",") ? 0x20 : $0 }, as: UTF8.self)
    }
}
