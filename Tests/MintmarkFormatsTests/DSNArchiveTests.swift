// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkFormats
import TestSupport
import Testing

@Suite("DSNArchive")
struct DSNArchiveTests {
    private static func xml(_ dsn: String, declaration: String = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>") -> String
    {
        "\(declaration)\n<f-device>\n  <dsn> \(dsn)\n</dsn><note>x</note>\n  <public-key>-----BEGIN RSA PUBLIC KEY-----\r\n"
            + "\(SampleKey.pkcs1)\r\n-----END RSA PUBLIC KEY-----\n</public-key>\n</f-device>\n"
    }

    /// A zip made by Python's standard library.
    private func zip(_ folder: borrowing TemporaryFolder, _ files: [(String, String)]) throws -> String {
        let path = folder.file("a.zip")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let script =
            "import sys,zipfile\nz=zipfile.ZipFile(sys.argv[1],'w',zipfile.ZIP_DEFLATED)\n[z.writestr(n,t) for n,t in zip(sys.argv[2::2],sys.argv[3::2])]\nz.close()"
        process.arguments = ["python3", "-c", script, path] + files.flatMap { [$0.0, $0.1] }
        try process.run()
        process.waitUntilExit()
        return path
    }

    @Test("one file: typographic declaration, CR LF, blanks and unknown elements do not matter")
    func single() throws {
        let folder = try TemporaryFolder()
        for declaration in ["<?xml version=\"1.0\"?>", "<?xml version=\u{201C}1.0\u{201D}?>", ""] {
            let path = try folder.write("AC000W900000202.xml", Self.xml("AC000W900000202", declaration: declaration))
            let devices = try DSNArchive.read(path)
            #expect(devices.map(\.dsn.description) == ["AC000W900000202"])
            #expect(Base64.encode(devices[0].publicKey) == SampleKey.pkcs1)
        }
    }

    @Test("a zip gives its DSNs in order and passes over other files")
    func archive() throws {
        let folder = try TemporaryFolder()
        let path = try zip(
            folder,
            [
                ("Reserve_JobId_1/AC000W900000203.xml", Self.xml("AC000W900000203")), ("Reserve_JobId_1/README", "hi"),
                ("Reserve_JobId_1/AC000W900000202.xml", Self.xml("AC000W900000202")),
            ])
        #expect(try DSNArchive.read(path).map(\.dsn.description) == ["AC000W900000202", "AC000W900000203"])
    }

    @Test(
        "anything wrong in it refuses the whole",
        arguments: [
            ("../AC000W900000202.xml", "AC000W900000202", "leads out of the archive"),
            ("/etc/AC000W900000202.xml", "AC000W900000202", "leads out of the archive"),
            ("a/AC000W900000209.xml", "AC000W900000202", "holds DSN AC000W900000202"),
            ("a/AC000W900000202.xml", "nope", "is not a DSN"),
        ])
    func refused(name: String, dsn: String, message: String) throws {
        let folder = try TemporaryFolder()
        let path = try zip(folder, [("a/AC000W900000201.xml", Self.xml("AC000W900000201")), (name, Self.xml(dsn))])
        let error = #expect(throws: MintmarkError.self) { try DSNArchive.read(path) }
        #expect(error?.code == .badArchive && error?.what.contains(message) == true, "\(error?.what ?? "")")
    }

    @Test("a DSN that stands twice, a file that is too long and an empty archive are refused")
    func bounds() throws {
        let folder = try TemporaryFolder()
        let twice = [
            ("a/AC000W900000202.xml", Self.xml("AC000W900000202")),
            ("b/AC000W900000202.xml", Self.xml("AC000W900000202")),
        ]
        for (files, message) in [
            (twice, "stands in it twice"), ([("a/x.xml", String(repeating: " ", count: 70_000))], "longer than"),
            ([("a/readme", "x")], "holds no DSN"),
        ] {
            let path = try zip(folder, files)
            let error = #expect(throws: MintmarkError.self) { try DSNArchive.read(path) }
            #expect(error?.what.contains(message) == true, "\(error?.what ?? "")")
        }
    }

    @Test("entities, document types and deep nesting are refused")
    func hostile() throws {
        let folder = try TemporaryFolder()
        let nested = String(repeating: "<a>", count: 5000)
        for (text, message) in [
            ("<!DOCTYPE f [<!ENTITY a \"b\">]>\(Self.xml("AC000W900000202", declaration: ""))", "document type"),
            ("<f-device>\(nested)", "nested deeper"), ("<f-device><dsn>&x;</dsn></f-device>", "line"),
        ] {
            let path = try folder.write("AC000W900000202.xml", text)
            let error = #expect(throws: MintmarkError.self) { try DSNArchive.read(path) }
            #expect(error?.what.contains(message) == true, "\(error?.what ?? "")")
        }
    }
}
