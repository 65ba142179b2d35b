// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import Testing

@testable import MintmarkCrypto

@Suite("AES-256-GCM")
struct AES256GCMTests {
    private let key = secret([UInt8](0..<32))
    private let context = Array("request 1".utf8)

    @Test("what was sealed opens to the same bytes", arguments: [0, 1, 15, 16, 17, 1000])
    func roundTrip(count: Int) throws {
        let text = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        let sealed = try seal(text)
        #expect(sealed.count == count + AES256GCM.overhead)
        #expect(bytes(of: try AES256GCM.open(sealed, key: key, context: context)) == text)
    }

    @Test("test case 16 of the GCM specification (McGrew and Viega) gives its ciphertext and tag")
    func knownAnswer() throws {
        let key = secret(try hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"))
        let text = try hex(
            "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525"
                + "b16aedf5aa0de657ba637b39")
        let nonce = try hex("cafebabefacedbaddecaf888")
        let context = try hex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
        let sealed = try text.withUnsafeBytes {
            try AES256GCM.seal($0, key: key, nonce: nonce, context: context)
        }
        #expect(
            Hex.encode(sealed) == "cafebabefacedbaddecaf888"
                + "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838"
                + "c5f61e6393ba7a0abcc9f662" + "76fc6ece0f4e1768cddf8853bb2d551b")
        #expect(bytes(of: try AES256GCM.open(sealed, key: key, context: context)) == text)
    }

    @Test("two seals of the same text differ")
    func nonces() throws {
        #expect(try seal([1, 2, 3]) != seal([1, 2, 3]))
    }

    @Test("one changed bit anywhere is noticed", arguments: 0..<48)
    func tampered(position: Int) throws {
        var sealed = try seal([UInt8](repeating: 7, count: 20))
        sealed[position] ^= 0x10
        expectUnopened(sealed)
    }

    @Test("a value cut anywhere does not open", arguments: 0..<48)
    func cut(count: Int) throws {
        expectUnopened(Array(try seal([UInt8](repeating: 7, count: 20)).prefix(count)))
    }

    @Test("another context or another key does not open it")
    func elsewhere() throws {
        let sealed = try seal([1, 2, 3])
        expectUnopened(sealed, context: Array("request 2".utf8))
        expectUnopened(sealed, key: secret([UInt8](1..<33)))
    }

    @Test("a key of another length than 32 bytes is refused", arguments: [0, 16, 31, 33])
    func keyLength(count: Int) {
        let error = #expect(throws: MintmarkError.self) {
            try [UInt8]([1]).withUnsafeBytes {
                try AES256GCM.seal($0, key: secret([UInt8](repeating: 1, count: count)), context: [])
            }
        }
        #expect(error?.code == .badSecret)
    }

    private func seal(_ text: [UInt8]) throws -> [UInt8] {
        try text.withUnsafeBytes { try AES256GCM.seal($0, key: key, context: context) }
    }

    private func expectUnopened(_ sealed: [UInt8], key: SharedSecret? = nil, context: [UInt8]? = nil) {
        let error = #expect(throws: MintmarkError.self) {
            _ = try AES256GCM.open(sealed, key: key ?? self.key, context: context ?? self.context)
        }
        #expect(error?.code == .badSecret)
    }
}
