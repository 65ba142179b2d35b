// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import Testing

@Suite("Differences of a log line")
struct ImportedLogLineTests {
    private static func record() throws -> ManufacturingRecord {
        var record = ManufacturingRecord(time: 1_741_079_700, status: .config)
        (record.model, record.dsn, record.mac) = ("AY001MTP1", try DSN("AC000W900000101"), try MAC("02a1b2c3d4e5"))
        (record.mfgModel, record.mfgSerial, record.hwsig) = ("ACM100", "q17", try HardwareSignature("9f03"))
        (record.extra, record.oemID, record.oemModel) = ("ok", "5a1dc0de", "acmeplug1")
        (record.connected, record.odm, record.firmware) = (true, "Acme", "bc 2.9.1")
        return record
    }

    private static func line(_ text: String) throws -> ImportedLogLine {
        var (reader, lines) = (ManufacturingLogReader(), [ImportedLogLine]())
        try reader.feed(Array((text + "\n").utf8)) { if case .line(let line) = $0 { lines.append(line) } }
        return try #require(lines.first)
    }

    private static let changes = [
        (2, "time", "1741079701"), (3, "timestamp", "2025/03/04 02:15:00 UTC"), (4, "status", "verify"),
        (5, "err_code", "52"), (6, "model", "AY008ESP1"), (7, "dsn", "AC000W900000102"), (8, "mac", "02a1b2c3d4e6"),
        (9, "mfg_model", "ACM101"), (10, "mfg_sn", ""), (11, "hwsig", "9f04"), (12, "extra", "o"),
        (13, "oem_id", "5a1dc0df"), (14, "oem_model", "acmeplug2"), (15, "ads_connect_flag", "0"), (16, "odm", "Acm"),
        (17, "mfg_sw_version", "bc 2.9.2"),
    ]

    @Test("a changed field is one difference that names it", arguments: changes)
    func oneField(number: Int, name: String, value: String) throws {
        var fields = ManufacturingLogLine.text(try Self.record()).split(separator: ",").map(String.init)
        #expect(fields.count == 17)
        let before = fields[number - 1]
        fields[number - 1] = value
        if name == "time" { fields[2] = "2025/03/04 09:15:01 UTC" }
        let differences = try Self.line(fields.joined(separator: ",")).differences(from: Self.record())
        #expect(differences == [ImportedLogLine.Difference(name, log: value, ledger: before)])
    }

    @Test("fields that the line's form does not have are not compared") func forms() throws {
        let record = try Self.record()
        let fields = ManufacturingLogLine.text(record).split(separator: ",").map(String.init)
        var other = record
        other.firmware = "bc 9"
        #expect(try Self.line(fields.dropLast().joined(separator: ",")).differences(from: other).isEmpty)
        (other.oemID, other.connected, other.odm) = (nil, nil, nil)
        #expect(try Self.line(ManufacturingLogLine.text(record, .v2)).differences(from: other).isEmpty)
    }

    @Test("a MAC address in capitals and a TAB for a blank are no difference") func spelling() throws {
        let text = ManufacturingLogLine.text(try Self.record())
            .replacing("02a1b2c3d4e5", with: "02:A1:B2:C3:D4:E5").replacing(",Acme,", with: ",A\tB,")
        var record = try Self.record()
        record.odm = "A\tB"
        #expect(try Self.line(text).differences(from: record).isEmpty)
    }

    @Test("a comment that was cut to the line's length is none, one that was cut shorter is") func comments() throws {
        var record = try Self.record()
        record.extra = String(repeating: "é", count: 200)
        let text = ManufacturingLogLine.text(record)
        #expect(try Self.line(text).differences(from: record).isEmpty)
        let shorter = text.replacing("ééé", with: "é", maxReplacements: 1)
        #expect(try Self.line(shorter).differences(from: record).map(\.field) == ["extra"])
        let changed = text.replacing("éé", with: "ää", maxReplacements: 1)
        #expect(try Self.line(changed).differences(from: record).map(\.field) == ["extra"])
    }
}
