// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkLedger
import TestSupport
import Testing

@Suite("Manufacturing log, formats 2 to 4", .timeLimit(.minutes(1)))
struct SetupKeyExportTests {
    private static func secret(_ text: String) -> SharedSecret {
        let bytes = Array(text.utf8)
        return SharedSecret(Secret(count: bytes.count) { $0.copyBytes(from: bytes) })
    }

    private static let spoolKey = secret(String(repeating: "k", count: 32))

    /// Two units that passed; only the second one's registration is still open.
    private static func filled() async throws -> LedgerFixture {
        let fixture = try LedgerFixture()
        let ledger = try await fixture.open()
        for number in 1...2 {
            try await ledger.append(try UnitLife.reserved(number))
            try await ledger.commit { _ in
                Decision(try UnitLife(number: number).whole().dropLast(number == 1 ? 0 : 1))
            }
        }
        try await ledger.close()
        return fixture
    }

    private static let head = "1773739800,2026/03/17 09:30:00 UTC,label,0,AY001MTP1,AC000W10000000"

    @Test("format 2 ends behind the comment, format 3 has the OEM's fields") func formats() async throws {
        let fixture = try await Self.filled()
        let reader = try LedgerReader(at: fixture.path)
        let lines = try [ManufacturingLogFormat.v2, .v3].map { format in
            let logs = try reader.exportManufacturingLog(format, to: fixture.folder.path, name: "log")
            return try String(contentsOfFile: logs[0].path, encoding: .utf8).components(separatedBy: "\n")
        }
        #expect(lines[0][0] == "2,\(Self.head)1,021000000001,,,hw-1,")
        #expect(lines[1][0] == "3,\(Self.head)1,021000000001,,,hw-1,,,,,,")
        #expect(lines.map(\.count) == [3, 3])
    }

    @Test("format 4 carries a setup key only while the spool holds it, in a file for its owner alone")
    func setupKey() async throws {
        let fixture = try await Self.filled()
        let reader = try LedgerReader(at: fixture.path)
        #expect(try SealedSpool.existing(besideLedger: fixture.path, key: Self.spoolKey) == nil)
        let spool = try SealedSpool(besideLedger: fixture.path, key: Self.spoolKey)
        try spool.put(Self.secret("wifi-canary"), for: UnitLife(number: 2).request)
        try spool.put(Self.secret("of-nobody"), for: UUIDv7.text(5))
        // What a writer has just begun to seal is left alone.
        try Data().write(to: URL(fileURLWithPath: "\(spool.path)/a.1.partial"))
        let old = try fixture.folder.write("log-us.log", "old", mode: 0o644)
        let seen = try #require(try SealedSpool.existing(besideLedger: fixture.path, key: Self.spoolKey))
        #expect(FileManager.default.fileExists(atPath: "\(spool.path)/a.1.partial"))

        let logs = try reader.exportManufacturingLog(.v4, to: fixture.folder.path, name: "log", setupKeys: seen)
        #expect(logs.map(\.lines) == [2] && logs.map(\.setupKeys) == [1] && logs[0].path == old)
        #expect(try FileManager.default.attributesOfItem(atPath: old)[.posixPermissions] as? Int == 0o600)
        let text = try String(contentsOfFile: old, encoding: .utf8)
        #expect(
            text
                == "4,\(Self.head)1,021000000001,,,hw-1,,,,,,,\n4,\(Self.head)2,021000000002,,,hw-2,,,,,,,wifi-canary\n"
        )
        for format in [ManufacturingLogFormat.v2, .v3] {
            try reader.exportManufacturingLog(format, to: fixture.folder.path, name: "log", setupKeys: seen)
            #expect(try !String(contentsOfFile: old, encoding: .utf8).contains("canary"))
        }
        try spool.wipe(for: UnitLife(number: 2).request)
        #expect(
            try reader.exportManufacturingLog(.v4, to: fixture.folder.path, name: "log", setupKeys: seen)
                .map(\.setupKeys) == [0])
    }

    @Test("a key that the format cannot carry, or that another spool key sealed, stops the export")
    func unusable() async throws {
        let fixture = try await Self.filled()
        let reader = try LedgerReader(at: fixture.path)
        let spool = try SealedSpool(besideLedger: fixture.path, key: Self.spoolKey)
        try spool.put(Self.secret("a,b"), for: UnitLife(number: 2).request)
        #expect(
            await code { try reader.exportManufacturingLog(.v4, to: fixture.folder.path, name: "x", setupKeys: spool) }
                == .badSecret)
        let other = try #require(
            try SealedSpool.existing(besideLedger: fixture.path, key: Self.secret(String(repeating: "x", count: 32))))
        #expect(
            await code { try reader.exportManufacturingLog(.v4, to: fixture.folder.path, name: "x", setupKeys: other) }
                == .badSecret)
        #expect(!FileManager.default.fileExists(atPath: fixture.folder.file("x-us.log")))
    }

    @Test("a line with a key is cut to 255 bytes in its comment, between two characters")
    func cut() throws {
        var record = ManufacturingRecord(time: 1, status: .config, errCode: 52)
        record.extra = String(repeating: "ü", count: 200)
        for keyLength in 0...64 {
            let line = ManufacturingLogLine.text(record, .v4, keyLength: keyLength)
            #expect((254...255).contains(line.utf8.count + keyLength) && !line.contains("\u{FFFD}"))
            #expect(line.split(separator: ",", omittingEmptySubsequences: false).count == 18)
        }
    }
}
