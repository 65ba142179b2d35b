// SPDX-License-Identifier: Apache-2.0

/// Writes one line of the manufacturing log, format 3: 17 comma-separated fields, no quoting, at most 255 characters.
///
/// Source: Ayla Factory Service API specification v2.2, "Manufacturing log format". The format has no escape, so a
/// comma, a line end or a TAB inside a field becomes a blank.
package enum ManufacturingLogLine {
    package static let maximumLength = 255

    /// The line without its line end. `extra`, the free comment, is cut when the line would be too long.
    package static func text(_ record: ManufacturingRecord) -> String {
        var extra = record.extra ?? ""
        let length = fields(record, extra: extra).utf8.count
        if length > maximumLength {
            extra = String(
                decoding: extra.utf8.prefix(max(0, extra.utf8.count - (length - maximumLength))), as: UTF8.self)
        }
        return fields(record, extra: extra)
    }

    private static func fields(_ record: ManufacturingRecord, extra: String) -> String {
        let fields: [String] = [
            "3", String(record.time), UTCTime.logText(seconds: record.time), record.status.rawValue,
            String(record.errCode), record.model ?? "", record.dsn?.description ?? "", record.mac?.description ?? "",
            record.mfgModel ?? "", record.mfgSerial ?? "", record.hwsig?.description ?? "", extra,
            record.oemID ?? "", record.oemModel ?? "", record.connected.map { $0 ? "1" : "0" } ?? "",
            record.odm ?? "", record.firmware ?? "",
        ]
        return fields.map(plain).joined(separator: ",")
    }

    private static func plain(_ field: String) -> String {
        guard field.utf8.contains(where: { $0 < 0x20 || $0 == UInt8(ascii: ",") }) else { return field }
        return String(decoding: field.utf8.map { $0 < 0x20 || $0 == UInt8(ascii: ",") ? 0x20 : $0 }, as: UTF8.self)
    }
}
