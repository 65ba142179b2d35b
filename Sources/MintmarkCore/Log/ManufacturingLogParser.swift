// SPDX-License-Identifier: Apache-2.0

/// The fields of one manufacturing log line.
///
/// Format 3 is met in three forms. Table order: the software version is field 17. Sample order, in the specification's
/// own examples: it stands between fields 12 and 13, known by its text or by the OEM id behind it. Short: it is left out.
///
/// The last field of format 4 is a secret. It becomes no text, and no error shows a field that could be it: those are the
/// last one and, where a line was torn in two, the first.
struct ManufacturingLogParser {
    struct Problem: Error {
        let what: String

        init(_ what: String) { self.what = what }
    }

    private let format: ManufacturingLogFormat
    /// All but the setup key.
    private let fields: [String]
    private let hasSetupKey: Bool
    private let length: Int
    private var remarks: [String] = []

    /// `bytes` is a line without its end.
    init(_ bytes: ArraySlice<UInt8>) throws(Problem) {
        guard !bytes.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }) else {
            throw Problem("holds a control character")
        }
        length = bytes.count
        var slices = bytes.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        guard let format = slices.first.flatMap(Self.format) else {
            throw Problem("field 1 (version) is not 2, 3 or 4")
        }
        self.format = format
        let allowed = format == .v3 ? [16, 17] : [format.fieldCount]
        guard allowed.contains(slices.count) else {
            let expected = allowed.map(String.init).joined(separator: " or ")
            throw Problem(
                "\(slices.count) fields, format \(format.rawValue) has \(expected): "
                    + (slices.count > format.fieldCount ? "a comma inside a field, or two lines in one" : "cut short"))
        }
        hasSetupKey = format == .v4 && slices.popLast()?.isEmpty == false
        let texts = slices.map { String(validating: $0, as: UTF8.self) }
        fields = zip(texts, slices).map { $0 ?? Self.latin($1) }
        if length > ManufacturingLogLine.maximumLength {
            remarks.append("is longer than \(ManufacturingLogLine.maximumLength) bytes")
        }
        if texts.contains(nil) { remarks.append("is not UTF-8; read as ISO 8859-1") }
    }

    func line(_ number: Int) throws(Problem) -> ImportedLogLine {
        var record = ManufacturingRecord(time: try time(), status: try status(), errCode: try errCode())
        record.model = text(6)
        record.dsn = try value(7, "dsn") { text throws(MintmarkError) in try DSN(text) }
        record.mac = try value(8, "mac") { text throws(MintmarkError) in try MAC(text) }
        record.mfgModel = text(9)
        record.mfgSerial = text(10)
        record.hwsig = try value(11, "hwsig") { text throws(MintmarkError) in try HardwareSignature(text) }
        record.extra = text(12)
        let first = isInSampleOrder ? 14 : 13
        if format != .v2 {
            record.oemID = text(first)
            record.oemModel = text(first + 1)
            record.connected = try connected(first + 2)
            record.odm = text(first + 3)
            record.firmware = text(isInSampleOrder ? 13 : 17)
        }
        return ImportedLogLine(
            number: number, format: format, record: record, timestamp: fields[2],
            hasFirmware: isInSampleOrder || fields.count >= 17, hasSetupKey: hasSetupKey, length: length,
            remarks: remarks)
    }

    private static func format(_ field: ArraySlice<UInt8>) -> ManufacturingLogFormat? {
        ManufacturingLogFormat.allCases.first { field.elementsEqual(String($0.rawValue).utf8) }
    }

    /// Writers on Windows use the code page of the machine. What it has beyond ISO 8859-1 cannot be told.
    private static func latin(_ field: ArraySlice<UInt8>) -> String {
        var text = String.UnicodeScalarView()
        for byte in field { text.append((0x80...0x9F).contains(byte) ? "\u{FFFD}" : Unicode.Scalar(byte)) }
        return String(text)
    }

    private var isInSampleOrder: Bool {
        guard let version = text(13) else { return false }
        return version.hasPrefix("bc ") || version.hasPrefix("devd ")
            || !Self.isOEMID(version) && text(14).map(Self.isOEMID) == true
    }

    private static func isOEMID(_ text: String) -> Bool {
        text.utf8.count == 8 && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }

    private func time() throws(Problem) -> Int64 {
        guard let time = number(2, digits: 12), time <= 253_402_300_799 else {
            throw Problem("field 2 (time) is no number of seconds since 1970: \(quoted(2))")
        }
        return time
    }

    private func status() throws(Problem) -> ManufacturingRecord.Status {
        guard let status = ManufacturingRecord.Status(rawValue: fields[3]) else {
            throw Problem("field 4 (status) is none of the format's words: \(quoted(4))")
        }
        return status
    }

    private func errCode() throws(Problem) -> Int {
        guard text(5) != nil else { return 0 }
        guard let code = number(5, digits: 4) else { throw Problem("field 5 (err_code) is no number: \(quoted(5))") }
        return Int(code)
    }

    private func number(_ number: Int, digits: Int) -> Int64? {
        guard let text = text(number), text.utf8.count <= digits, text.utf8.allSatisfy({ (48...57).contains($0) })
        else { return nil }
        return Int64(text)
    }

    private func connected(_ number: Int) throws(Problem) -> Bool? {
        switch text(number) {
        case nil: nil
        case "1": true
        case "0": false
        default: throw Problem("field \(number) (ads_connect_flag) is not 1, 0 or empty: \(quoted(number))")
        }
    }

    private func value<Value>(
        _ number: Int, _ name: String, _ read: (String) throws(MintmarkError) -> Value
    ) throws(Problem) -> Value? {
        guard let text = text(number) else { return nil }
        do { return try read(text) } catch { throw Problem("field \(number) (\(name)) is none: \(quoted(number))") }
    }

    /// A field by its number from 1; nil when it is empty or absent.
    private func text(_ number: Int) -> String? {
        number <= fields.count && !fields[number - 1].isEmpty ? fields[number - 1] : nil
    }

    /// A field as an error shows it.
    private func quoted(_ number: Int) -> String { "\"\(PrintableText.of(fields[number - 1], limit: 40))\"" }
}
