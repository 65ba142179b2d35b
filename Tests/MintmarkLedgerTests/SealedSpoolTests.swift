// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkLedger
import TestSupport
import Testing

@Suite("SealedSpool")
struct SealedSpoolTests {
    private let one = UUIDv7.text(1)
    private let two = UUIDv7.text(2)

    private func secret(_ text: String) -> SharedSecret {
        let bytes = Array(text.utf8)
        return SharedSecret(Secret(count: bytes.count) { $0.copyBytes(from: bytes) })
    }

    private func text(_ secret: SharedSecret?) -> String? {
        secret?.withBytes { String(decoding: $0, as: UTF8.self) }
    }

    private func key(_ byte: UInt8 = 7) -> SharedSecret {
        SharedSecret(Secret(count: 32) { $0.copyBytes(from: Array(repeating: byte, count: 32)) })
    }

    @Test("what is put can be taken until it is wiped, also by the next process") func keep() throws {
        let folder = try TemporaryFolder()
        let spool = try SealedSpool(besideLedger: folder.file("a.sqlite"), key: key())
        try spool.put(secret("wifi-canary-1"), for: two)
        try spool.put(secret("wifi-canary-2"), for: one)
        try spool.put(secret("wifi-canary-3"), for: one)
        let again = try SealedSpool(besideLedger: folder.file("a.sqlite"), key: key())
        #expect(try again.list() == [one, two])
        #expect(text(try again.take(for: one)) == "wifi-canary-3")
        #expect(text(try again.take(for: two)) == "wifi-canary-1")
        try again.wipe(for: one)
        try again.wipe(for: one)
        #expect(try again.take(for: one) == nil)
        #expect(try again.list() == [two])
    }

    @Test("nothing readable is on disk, and nobody else may read it") func sealed() throws {
        let folder = try TemporaryFolder()
        let spool = try SealedSpool(besideLedger: folder.file("a.sqlite"), key: key())
        try spool.put(secret("wifi-canary-1"), for: one)
        let path = "\(spool.path)/\(one).sealed"
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(bytes.range(of: Data("wifi".utf8)) == nil)
        let manager = FileManager.default
        #expect(try manager.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        #expect(try manager.attributesOfItem(atPath: spool.path)[.posixPermissions] as? Int == 0o700)
        try manager.setAttributes([.posixPermissions: 0o750], ofItemAtPath: spool.path)
        #expect(throws: MintmarkError.self) { try SealedSpool(besideLedger: folder.file("a.sqlite"), key: key()) }
    }

    @Test("another key, a changed byte or another request's file do not open") func refused() throws {
        let folder = try TemporaryFolder()
        let spool = try SealedSpool(besideLedger: folder.file("a.sqlite"), key: key())
        try spool.put(secret("wifi-canary-1"), for: one)
        let path = "\(spool.path)/\(one).sealed"
        let other = try SealedSpool(besideLedger: folder.file("a.sqlite"), key: key(8))
        #expect(throws: MintmarkError.self) { try other.take(for: one) }
        try FileManager.default.copyItem(atPath: path, toPath: "\(spool.path)/\(two).sealed")
        #expect(throws: MintmarkError.self) { try spool.take(for: two) }
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: URL(fileURLWithPath: path))
        #expect(throws: MintmarkError.self) { try spool.take(for: one) }
    }

    @Test("a request id is never a path", arguments: ["", "../x", "a/b", "A", String(repeating: "a", count: 65)])
    func names(request: String) throws {
        let folder = try TemporaryFolder()
        let spool = try SealedSpool(besideLedger: folder.file("a.sqlite"), key: key())
        #expect(throws: MintmarkError.self) { try spool.put(secret("x"), for: request) }
        #expect(throws: MintmarkError.self) { try spool.take(for: request) }
        #expect(throws: MintmarkError.self) { try spool.wipe(for: request) }
        #expect(try spool.list().isEmpty)
    }

    @Test("what a killed process left half sealed goes away") func leftovers() throws {
        let folder = try TemporaryFolder()
        let spool = try SealedSpool(besideLedger: folder.file("a.sqlite"), key: key())
        try Data("half".utf8).write(to: URL(fileURLWithPath: "\(spool.path)/\(one).sealed.99.partial"))
        _ = try SealedSpool(besideLedger: folder.file("a.sqlite"), key: key())
        #expect(try FileManager.default.contentsOfDirectory(atPath: spool.path).isEmpty)
    }
}
