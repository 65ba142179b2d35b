// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkFormats
import TestSupport
import Testing

@Suite("Reservation archives")
struct DSNArchiveTests {
    private static let dsn = "AC000W900000202"

    private static func xml(_ dsn: String = dsn, key: String = SampleKey.pkcs1) -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <f-device>
          <dsn>\(dsn)</dsn>
          <public-key>-----BEGIN RSA PUBLIC KEY-----
        \(key)
        -----END RSA PUBLIC KEY-----
        </public-key>
        </f-device>

        """
    }

    private func read(_ text: String, _ path: String = "/in/\(dsn).xml") throws(MintmarkError) -> [ReservedDSN] {
        try DSNArchive.read(Array(text.utf8), path: path)
    }

    private func problem(_ text: String, _ path: String = "/in/\(dsn).xml") -> String? {
        Reading.problem { () throws(MintmarkError) in try read(text, path) }
    }

    private func problem(_ bytes: [UInt8]) -> String? {
        Reading.problem { () throws(MintmarkError) in try DSNArchive.read(bytes, path: "r.zip") }
    }

    private func zip(_ fill: (inout ZipWriter) -> Void) -> [UInt8] {
        var writer = ZipWriter()
        fill(&writer)
        return writer.bytes
    }

    // MARK: One file

    /// Variants of one file that are all the same device.
    private static let variants: [String] = [
        xml(),
        xml().replacing("\n", with: "\r\n"),
        xml().replacing("\"1.0\"", with: "\u{201C}1.0\u{201D}").replacing("\"UTF-8\"", with: "\u{201C}UTF-8\u{201D}"),
        xml().replacing("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", with: ""),
        "\u{FEFF}\n " + xml(),
        xml().replacing("<dsn>", with: "<!-- one --><model>AY001MTP1</model><dsn>\n  "),
        xml().replacing("</f-device>", with: "<more><dsn>AC000W900000999</dsn></more></f-device>"),
        xml().replacing("RSA PUBLIC KEY", with: "PUBLIC KEY"),
        xml().replacing("\(SampleKey.pkcs1)", with: folded(SampleKey.pkcs1)),
        xml().replacing("\(SampleKey.pkcs1)", with: folded(SampleKey.pkcs1)).replacing("\n", with: "\r\n"),
    ]

    private static func folded(_ text: String) -> String {
        var (lines, rest) = ([Substring](), text[...])
        while !rest.isEmpty {
            lines.append(rest.prefix(64))
            rest = rest.dropFirst(64)
        }
        return lines.joined(separator: "\n")
    }

    @Test("a DSN file is read as the dashboard and the printed samples write it", arguments: 0..<variants.count)
    func lenient(number: Int) throws {
        let expected = ReservedDSN(dsn: try DSN(Self.dsn), publicKey: try #require(Base64.decode(SampleKey.pkcs1)))
        #expect(try read(Self.variants[number]) == [expected])
    }

    private static let badFiles: [(text: String, problem: String)] = [
        (xml("AC000W900000203"), "the DSN in it is AC000W900000203, its name says another"),
        (xml("ac000w900000202"), "\"ac000w900000202\" is not a DSN (8-20 of A-Z, 0-9)"),
        (xml().replacing("<dsn>\(dsn)</dsn>", with: ""), "an f-device with a dsn and a public-key was expected"),
        (xml().replacing("<dsn>", with: "<dsn>\(dsn)</dsn><dsn>"), "line 3: a second dsn"),
        (xml().replacing("f-device", with: "device"), "line 2: found the root \"device\", expected f-device"),
        (xml().replacing("</dsn>", with: ""), "line 8: not well-formed XML"),
        (xml().replacing("</f-device>", with: ""), "line 9: not well-formed XML"),
        (String(xml().prefix(300)), "line 5: not well-formed XML"),
        (xml() + "<f-device/>", "line 9: not well-formed XML"),
        (xml().replacing("</f-device>", with: "&nbsp;</f-device>"), "line 8: not well-formed XML"),
        (xml().replacing("<f-device>", with: "<f-device a='1' a='2'>"), "line 2: not well-formed XML"),
        (xml(key: ""), "the public key is no PEM"), (xml(key: "MII*"), "the public key is no PEM"),
        ("<!DOCTYPE f-device [<!ENTITY a \"b\">]>" + xml(), "a document type or CDATA section is not allowed"),
        (
            xml().replacing("<f-device>", with: "<!doctype f-device SYSTEM \"/etc/passwd\"><f-device>"),
            "a document type or CDATA section is not allowed"
        ),
        (xml("<![CDATA[\(dsn)]]>"), "a document type or CDATA section is not allowed"),
        (xml().replacing("</f-device>", with: String(repeating: "<a>", count: 5000)), "line 8: nested deeper than 8"),
        (xml() + String(repeating: " ", count: 65_536), "longer than 65536 bytes"),
        ("", "line 1: not well-formed XML"), ("no XML\n", "line 1: not well-formed XML"),
    ]

    @Test("a DSN file that is not as it should be is refused by name", arguments: 0..<badFiles.count)
    func bad(number: Int) {
        let (text, problem) = Self.badFiles[number]
        #expect(self.problem(text) == "/in/\(Self.dsn).xml: \(problem)")
    }

    @Test("bytes that are not UTF-8 are refused")
    func notUTF8() {
        let problem = Reading.problem { () throws(MintmarkError) in
            try DSNArchive.read([0xFF, 0xFE, 0x3C, 0x00], path: "x.xml")
        }
        #expect(problem == "x.xml: not UTF-8")
    }

    @Test("no message repeats key material")
    func noKey() {
        let text = Self.xml(key: "hush*hush").replacing("RSA PUBLIC", with: "RSA PRIVATE")
        #expect(problem(text)?.contains("hush") == false)
    }

    // MARK: Zip

    @Test("a zip is read by DSN, whoever wrote it", arguments: ["reserve.zip", "reserve-streamed.zip"])
    func zip(name: String) throws {
        let path = "\(Reading.root)/Tests/MintmarkFormatsTests/Fixtures/\(name)"
        let bytes = try InputFile.read(path, atMost: DSNArchive.maximumSize, code: .badArchive)
        let devices = try DSNArchive.read(bytes, path: path)
        #expect(devices.map(\.dsn.description) == ["AC000W900000201", "AC000W900000202", "AC000W900000203"])
        #expect(Set(devices.map(\.publicKey)) == [Base64.decode(SampleKey.pkcs1)])
    }

    @Test("a file of 50 MB in an archive of 49 KB is refused unread")
    func bomb() throws {
        let path = "\(Reading.root)/Tests/MintmarkFormatsTests/Fixtures/bomb.zip"
        let bytes = try InputFile.read(path, atMost: DSNArchive.maximumSize, code: .badArchive)
        let time = processorTime {
            #expect(problem(bytes) == "r.zip: \"AC000W900000201.xml\" is longer than 65536 bytes")
        }
        #expect(time < .milliseconds(200))
    }

    @Test(
        "a name that leads out of the archive is refused, and so is the whole archive",
        arguments: ["../\(dsn).xml", "/\(dsn).xml", "a/../../\(dsn).xml", "a\\\(dsn).xml", "..", "a/../b.txt"])
    func names(name: String) {
        let bytes = zip {
            $0.add("\(Self.dsn).xml", Self.xml())
            $0.add(name, Self.xml())
        }
        #expect(problem(bytes) == "r.zip: the name \(name.quoted) leads out of the archive")
    }

    @Test("one bad file refuses the whole archive, by its name")
    func oneBad() {
        let bytes = zip {
            $0.add("x/\(Self.dsn).xml", Self.xml())
            $0.add("x/AC000W900000203.xml", Self.xml())
        }
        #expect(problem(bytes) == "x/AC000W900000203.xml: the DSN in it is AC000W900000202, its name says another")
    }

    @Test("a DSN that stands twice is refused")
    func twice() {
        let bytes = zip {
            $0.add("a/\(Self.dsn).xml", Self.xml())
            $0.add("b/\(Self.dsn).xml", Self.xml())
        }
        #expect(problem(bytes) == "r.zip: DSN AC000W900000202 stands in it twice")
    }

    @Test("encrypted, lying and damaged files are refused")
    func tricks() {
        let name = "\(Self.dsn).xml"
        #expect(problem(zip { $0.add(name, Self.xml(), isEncrypted: true) }) == "r.zip: \"\(name)\" is encrypted")
        for bytes in [
            zip { $0.add(name, Self.xml(), size: 100) }, zip { $0.add(name, Self.xml(), size: 60_000) },
            zip { $0.add(name, Self.xml(), crc: 1) },
        ] {
            #expect(problem(bytes)?.hasPrefix("r.zip: ") == true)
        }
    }

    @Test("an archive without DSN files, and one of too many files, is refused")
    func counts() {
        #expect(problem(zip { $0.add("readme.txt", "x") }) == "r.zip holds no DSN")
        #expect(problem(zip { _ in }) == "r.zip holds no DSN")
        let many = zip { writer in for number in 0...10_000 { writer.add("\(number).txt", "") } }
        #expect(problem(many) == "r.zip: 10001 files, at most 10000 are read")
    }

    @Test(
        "an archive cut short or with a changed byte gives devices that are right, or an error",
        arguments: 0..<200 as Range<UInt64>)
    func mutation(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var bytes = zip { writer in
            for number in 201...203 { writer.add("r/AC000W900000\(number).xml", Self.xml("AC000W900000\(number)")) }
        }
        if Bool.random(using: &random) {
            bytes.removeLast(Int.random(in: 1..<bytes.count, using: &random))
        } else {
            bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
        }
        let key = try #require(Base64.decode(SampleKey.pkcs1))
        do {
            let devices = try DSNArchive.read(bytes, path: "r.zip")
            #expect(devices.allSatisfy { $0.publicKey == key })
        } catch {
            #expect(error.code == .badArchive)
        }
    }
}
