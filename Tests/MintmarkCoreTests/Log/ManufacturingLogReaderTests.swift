// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import TestSupport
import Testing

@Suite("Manufacturing log reader")
struct ManufacturingLogReaderTests {
    private static let head = "1741079700,2025/03/04 09:15:00 UTC"
    private static let unit = "AY001MTP1,AC000W900000101,02a1b2c3d4e5,ACM100,q17,9f03c2d1-55aa0102"

    /// All items of a text, fed in pieces of `size` bytes.
    private static func read(_ bytes: [UInt8], size: Int = .max) throws -> [ManufacturingLogReader.Item] {
        var (reader, items, rest) = (ManufacturingLogReader(), [ManufacturingLogReader.Item](), bytes[...])
        while !rest.isEmpty {
            try reader.feed(rest.prefix(size)) { items.append($0) }
            rest = rest.dropFirst(size)
        }
        try reader.finish { items.append($0) }
        return items
    }

    private static func lines(_ text: String) throws -> [ImportedLogLine] {
        try read(Array(text.utf8)).compactMap { if case .line(let line) = $0 { line } else { nil } }
    }

    private static func problems(_ text: String) throws -> [String] {
        try read(Array(text.utf8)).compactMap {
            if case .problem(let line, let what) = $0 { "\(line): \(what)" } else { nil }
        }
    }

    private static func configured(_ firmware: String?) throws -> ManufacturingRecord {
        var record = ManufacturingRecord(time: 1_741_079_700, status: .config)
        (record.model, record.dsn) = ("AY001MTP1", try DSN("AC000W900000101"))
        record.mac = try MAC("02a1b2c3d4e5")
        (record.mfgModel, record.mfgSerial) = ("ACM100", "q17")
        record.hwsig = try HardwareSignature("9f03c2d1-55aa0102")
        (record.extra, record.oemID, record.oemModel) = ("line 3 ok", "5a1dc0de", "acmeplug1")
        (record.connected, record.odm, record.firmware) = (true, "Acme Works", firmware)
        return record
    }

    @Test(
        "each form of format 3 and 4 tells the same",
        arguments: [
            ("3", "line 3 ok,5a1dc0de,acmeplug1,1,Acme Works,bc 2.9.1", "bc 2.9.1"),
            ("3", "line 3 ok,5a1dc0de,acmeplug1,1,Acme Works", nil),
            ("3", "line 3 ok,5a1dc0de,acmeplug1,1,Acme Works,", nil),
            ("3", "line 3 ok,bc 2.9.1,5a1dc0de,acmeplug1,1,Acme Works", "bc 2.9.1"),
            ("3", "line 3 ok,devd 1.7,5a1dc0de,acmeplug1,1,Acme Works", "devd 1.7"),
            ("3", "line 3 ok,lampfw 1.4.0,5a1dc0de,acmeplug1,1,Acme Works", "lampfw 1.4.0"),
            ("4", "line 3 ok,5a1dc0de,acmeplug1,1,Acme Works,bc 2.9.1,0011223344556677", "bc 2.9.1"),
            ("4", "line 3 ok,5a1dc0de,acmeplug1,1,Acme Works,bc 2.9.1,", "bc 2.9.1"),
            ("4", "line 3 ok,bc 2.9.1,5a1dc0de,acmeplug1,1,Acme Works,0011223344556677", "bc 2.9.1"),
        ])
    func forms(format: String, tail: String, firmware: String?) throws {
        let line = try #require(try Self.lines("\(format),\(Self.head),config,0,\(Self.unit),\(tail)\n").first)
        #expect(line.record == (try Self.configured(firmware)))
        #expect(line.format.rawValue == Int(format) && line.number == 1 && line.remarks.isEmpty)
        #expect(line.timestamp == "2025/03/04 09:15:00 UTC")
        #expect(line.hasFirmware == (tail.split(separator: ",", omittingEmptySubsequences: false).count > 5))
        #expect(line.hasSetupKey == tail.hasSuffix("77"))
        #expect(!"\(line)".contains("0011223344556677"))
    }

    @Test("the samples' order is known by the version also where the OEM id is empty", arguments: ["bc 2", "devd 1"])
    func sampleWithoutOEM(version: String) throws {
        let line = try #require(try Self.lines("3,\(Self.head),label,0,\(Self.unit),,\(version),,,,Acme\n").first)
        #expect(line.record.firmware == version && line.record.odm == "Acme" && line.record.oemID == nil)
    }

    @Test("format 2 ends behind the comment; empty fields are absent, an empty err_code is 0") func formatTwo() throws {
        let line = try #require(
            try Self.lines("2,\(Self.head),pass,,AY001MTP1,,02A1B2C3D4E5,ACM100,,,").first)
        var record = ManufacturingRecord(time: 1_741_079_700, status: .pass)
        (record.model, record.mac, record.mfgModel) = ("AY001MTP1", try MAC("02a1b2c3d4e5"), "ACM100")
        #expect(line.record == record && line.format == .v2)
    }

    @Test("an error line from before the unit was read has nothing but its text") func earlyError() throws {
        let line = try #require(
            try Self.lines("3,\(Self.head),label,52,,,,,,,no answer to show id,5a1dc0de,acmeplug1,,Acme\r\n").first)
        var record = ManufacturingRecord(time: 1_741_079_700, status: .label, errCode: 52)
        (record.extra, record.oemID, record.oemModel) = ("no answer to show id", "5a1dc0de", "acmeplug1")
        record.odm = "Acme"
        #expect(line.record == record)
    }

    @Test("every word of the format is a status", arguments: ManufacturingRecord.Status.allCases)
    func statuses(status: ManufacturingRecord.Status) throws {
        let lines = try Self.lines("2,\(Self.head),\(status.rawValue),0,,,,,,,\n")
        #expect(lines.map(\.record.status) == [status])
    }

    @Test("what a writer of ours writes is read back as it was", arguments: 0..<100 as Range<UInt64>)
    func roundTrip(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var record = try Self.configured(Bool.random(using: &random) ? "bc 2.\(seed)" : nil)
        record.errCode = Int.random(in: 0...99, using: &random)
        record.connected = [nil, true, false].randomElement(using: &random) ?? nil
        record.extra = Bool.random(using: &random) ? String(repeating: "ü", count: Int(seed) * 2 + 1) : nil
        if Bool.random(using: &random) { (record.dsn, record.hwsig, record.mfgSerial) = (nil, nil, nil) }
        for format in ManufacturingLogFormat.allCases {
            let text = ManufacturingLogLine.text(record, format)
            let line = try #require(try Self.lines(text).first)
            #expect(line.differences(from: record) == [], "\(text)")
        }
    }

    @Test(
        "lines end with LF or CR LF, the last one may have no end, empty ones are passed over",
        arguments: [1, 2, 7, 99])
    func ends(size: Int) throws {
        let line = "2,\(Self.head),pass,0,,,,,,,"
        let items = try Self.read(Array("\u{FEFF}\(line)\r\n\n  \t\r\n\(line)\n\(line)".utf8), size: size)
        let numbers = items.map { if case .line(let line) = $0 { line.number } else { 0 } }
        #expect(numbers == [1, 4, 5])
    }

    @Test(
        "a line that cannot be read names its number and the reason, and the others are read",
        arguments: [
            ("x", "field 1 (version) is not 2, 3 or 4"), ("5,1", "field 1 (version) is not 2, 3 or 4"),
            ("2,1,2", "3 fields, format 2 has 12: cut short"),
            ("2,\(head),pass,0,,,,,,,,", "13 fields, format 2 has 12: a comma inside a field, or two lines in one"),
            ("3,\(head),pass,0,,,,,,,", "12 fields, format 3 has 16 or 17: cut short"),
            ("4,\(head),pass,0,,,,,,,,,,,,", "17 fields, format 4 has 18: cut short"),
            (
                "3,\(head),label,0,,,,,,,,,,,,3,\(head),label,0,,,,,,,,,,,,",
                "33 fields, format 3 has 16 or 17: a comma inside a field, or two lines in one"
            ),
            ("2,-5,,pass,0,,,,,,,", "field 2 (time) is no number of seconds since 1970: \"-5\""),
            (
                "2,99999999999999,,pass,0,,,,,,,",
                "field 2 (time) is no number of seconds since 1970: \"99999999999999\""
            ),
            ("2,1,,PASS,0,,,,,,,", "field 4 (status) is none of the format's words: \"PASS\""),
            ("2,1,,pass,x,,,,,,,", "field 5 (err_code) is no number: \"x\""),
            ("2,1,,pass,0,,ac000w900000101,,,,,", "field 7 (dsn) is none: \"ac000w900000101\""),
            ("2,1,,pass,0,,,02a1b2c3d4,,,,", "field 8 (mac) is none: \"02a1b2c3d4\""),
            ("2,1,,pass,0,,,,,,a b,", "field 11 (hwsig) is none: \"a b\""),
            ("3,1,,pass,0,,,,,,,,,,2,,", "field 15 (ads_connect_flag) is not 1, 0 or empty: \"2\""),
            ("2,1,,pass,0,\u{1B}[31m,,,,,,", "holds a control character"),
            ("2,1,,\u{9B}31m,0,,,,,,,", "field 4 (status) is none of the format's words: \" 31m\""),
        ])
    func malformed(line: String, what: String) throws {
        let good = "2,\(Self.head),pass,0,,,,,,,"
        #expect(try Self.problems("\(good)\n\(line)\n\(good)\n") == ["2: \(what)"])
        #expect(try Self.lines("\(good)\n\(line)\n\(good)\n").map(\.number) == [1, 3])
    }

    @Test("a line of any length takes no more memory than a line, and is one problem") func tooLong() throws {
        let good = "2,\(Self.head),pass,0,,,,,,,"
        #expect(try Self.problems("\(String(repeating: "a", count: 1025))\n\(good)") == ["1: longer than 1024 bytes"])
        let comment = String(repeating: "c", count: 1024 - good.utf8.count)
        let line = try #require(try Self.lines(good + comment).first)
        #expect(line.record.extra == comment && line.remarks == ["is longer than 255 bytes"])
    }

    @Test("text in a machine's code page is read, and said to be") func codePage() throws {
        let bytes = Array("2,\(Self.head),pass,0,,,,,,,M".utf8) + [0xFC, 0x6C, 0x80] + Array("\n".utf8)
        guard case .line(let line)? = try Self.read(bytes).first else { return #expect(Bool(false)) }
        #expect(line.record.extra == "Mül\u{FFFD}" && line.remarks == ["is not UTF-8; read as ISO 8859-1"])
    }

    @Test("no problem shows a setup key, wherever a line of format 4 is torn or a field of it lost") func tornKey()
        throws
    {
        let canary = "canary0123456789"
        let line = "4,\(Self.head),config,0,\(Self.unit),,5a1dc0de,acmeplug1,1,Acme Works,bc 2.9.1,\(canary)"
        let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        for cut in 1..<fields.count {
            let torn = fields[..<cut].joined(separator: ",") + "\n" + fields[cut...].joined(separator: ",")
            let short = (fields[..<(cut - 1)] + fields[cut...]).joined(separator: ",")
            let long = (fields[..<cut] + [""] + fields[cut...]).joined(separator: ",")
            for text in [torn, short, long] {
                let items = try Self.read(Array(text.utf8))
                #expect(!items.isEmpty && !"\(items)".contains("canary"), "\(text)")
            }
        }
    }

    @Test("any bytes are lines and problems, each with a number of its own", arguments: 0..<300 as Range<UInt64>)
    func anyBytes(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let pieces = ["2", "3", "4", ",", ",,,,,,,,,,", "\n", "\r\n", "1741079700", "pass", "\u{0}", "bc 1", "ü"]
        var bytes: [UInt8] = []
        for _ in 0..<Int.random(in: 0...80, using: &random) {
            bytes += Array((pieces.randomElement(using: &random) ?? "").utf8)
            if Int.random(in: 0..<20, using: &random) == 0 { bytes.append(UInt8.random(in: 0...255, using: &random)) }
        }
        let items = try Self.read(bytes)
        #expect(items == (try Self.read(bytes, size: Int.random(in: 1...9, using: &random))))
        let numbers = items.map {
            switch $0 {
            case .line(let line): line.number
            case .problem(let number, _): number
            }
        }
        #expect(zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 })
    }
}
