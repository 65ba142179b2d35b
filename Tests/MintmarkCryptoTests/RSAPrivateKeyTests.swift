// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkCrypto
import Testing

@Suite("RSAPrivateKey")
struct RSAPrivateKeyTests {
    private let key: RSAPrivateKey

    init() throws { key = try RSAPrivateKey(primes: hex(samplePrimes.0), hex(samplePrimes.1)) }

    @Test("two primes give the key that openssl made of them")
    func build() throws {
        #expect(key.publicKey.pem() == samplePrivateKeyPublicHalf)
        let other = try RSAPrivateKey(primes: hex(samplePrimes.1), hex(samplePrimes.0))
        #expect(other.publicKey == key.publicKey)
    }

    @Test(
        "an OEM key's text comes back, with and without its line end",
        arguments: [
            "1773740472 0123456789abcdef0123456789abcdef 0dfc7900 plug-a1",
            "1773740472 0123456789abcdef0123456789abcdef 0dfc7900 zbgw-1\n", "", String(repeating: "x", count: 245),
        ])
    func roundTrip(text: String) throws {
        let ciphertext = try Array(text.utf8).withUnsafeBytes { try key.publicKey.encrypt($0) }
        #expect(bytes(of: try key.decrypt(ciphertext)) == Array(text.utf8))
    }

    @Test("a changed ciphertext never gives the text", arguments: [0, 1, 128, 255])
    func tampered(position: Int) throws {
        let text = Array("1773740472 secret 0dfc7900 plug-a1".utf8)
        var ciphertext = try text.withUnsafeBytes { try key.publicKey.encrypt($0) }
        ciphertext[position] ^= 1
        expectNot(text, ciphertext)
    }

    @Test("another unit's ciphertext never gives the text")
    func otherKey() throws {
        let text = Array("1773740472 secret 0dfc7900 plug-a1".utf8)
        let other = try RSAPublicKey(pem: samplePKCS1)
        expectNot(text, try text.withUnsafeBytes { try other.encrypt($0) })
    }

    @Test("a ciphertext of another length is refused", arguments: [0, 1, 255, 257])
    func wrongLength(count: Int) {
        let error = #expect(throws: MintmarkError.self) {
            _ = try key.decrypt([UInt8](repeating: 1, count: count))
        }
        #expect(error?.code == .badInput)
    }

    @Test("numbers that make no such key are refused")
    func unsuitable() throws {
        let p = try hex(samplePrimes.0)
        for (first, second) in [(p, p), (p, [7]), ([], p), ([7], [11]), (p, [0])] {
            let error = #expect(throws: MintmarkError.self) { _ = try RSAPrivateKey(primes: first, second) }
            #expect(error?.code == .badInput)
        }
    }

    /// libcrypto before 3.2 refuses; later ones give a random text. Both are fine.
    private func expectNot(_ text: [UInt8], _ ciphertext: [UInt8]) {
        do {
            #expect(bytes(of: try key.decrypt(ciphertext)) != text)
        } catch {
            #expect(error.code == .badInput)
        }
    }
}
