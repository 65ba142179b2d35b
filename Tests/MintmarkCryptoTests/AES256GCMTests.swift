// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkCrypto
import Testing

@Suite("AES256GCM")
struct AES256GCMTests {
    private func key(_ byte: UInt8, count: Int = 32) -> SharedSecret {
        SharedSecret(Secret(count: count) { for index in $0.indices { $0[index] = byte } })
    }

    private func seal(_ text: String, _ key: SharedSecret, _ context: String) throws -> [UInt8] {
        try Array(text.utf8).withUnsafeBytes { try AES256GCM.seal($0, key: key, context: Array(context.utf8)) }
    }

    private func open(_ sealed: [UInt8], _ key: SharedSecret, _ context: String) throws -> String {
        let secret = try AES256GCM.open(sealed, key: key, context: Array(context.utf8))
        return secret.withBytes { String(decoding: $0, as: UTF8.self) }
    }

    @Test("what was sealed is opened by the same key and context only")
    func roundTrip() throws {
        let sealed = try seal("setup key", key(1), "request")
        #expect(try open(sealed, key(1), "request") == "setup key")
        #expect(throws: MintmarkError.self) { try open(sealed, key(2), "request") }
        #expect(throws: MintmarkError.self) { try open(sealed, key(1), "another") }
    }

    @Test("any flipped bit is noticed")
    func flipped() throws {
        let sealed = try seal("setup key", key(1), "")
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(throws: MintmarkError.self) { try open(changed, key(1), "") }
        }
    }

    @Test("the same text never looks the same twice")
    func nonce() throws {
        #expect(try seal("x", key(1), "") != seal("x", key(1), ""))
    }

    @Test("a key of another length is refused before anything is sealed")
    func shortKey() {
        let error = #expect(throws: MintmarkError.self) { try seal("x", key(1, count: 31), "") }
        #expect(error?.code == .badSecret)
    }
}
