// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkCrypto
import TestSupport
import Testing

@Suite("RSA keys")
struct RSAKeyTests {
    private var sample: RSAPublicKey {
        get throws { try RSAPublicKey(der: #require(Base64.decode(SampleKey.pkcs1))) }
    }

    private func pair() throws -> RSAPrivateKey {
        try RSAPrivateKey(
            primes: #require(Hex.decode(SampleKey.primes.0)), #require(Hex.decode(SampleKey.primes.1)))
    }

    @Test("both encodings of a key are the same key, told apart by decoding")
    func encodings() throws {
        let key = try sample
        #expect(Base64.encode(key.pkcs1) == SampleKey.pkcs1)
        #expect(key.spki.count == 294)
        #expect(Base64.encode(key.spki).hasPrefix("MIIBIjANBgkq"))
        #expect(try RSAPublicKey(der: key.spki) == key)
    }

    @Test("PEM is read whatever its label, width and line ends")
    func pem() throws {
        let key = try sample
        #expect(try RSAPublicKey(pem: key.pem(columns: 76)) == key)
        #expect(try RSAPublicKey(pem: key.pem(label: "RSA PUBLIC KEY", asSPKI: true)) == key)
        #expect(try RSAPublicKey(pem: key.pem().replacing("\n", with: "\r\n") + "\n  \n") == key)
    }

    @Test(
        "what is no RSA-2048 key is refused",
        arguments: ["", "AAAA", "not base64!", String(SampleKey.pkcs1.dropLast(4))])
    func refused(text: String) {
        let error = #expect(throws: MintmarkError.self) { try RSAPublicKey(pem: text) }
        #expect(error?.code == .badArchive)
    }

    @Test("bytes behind the key are refused")
    func trailing() throws {
        let key = try sample
        #expect(throws: MintmarkError.self) { try RSAPublicKey(der: key.pkcs1 + [0]) }
    }

    @Test("only the private half of the same pair opens what the public half closed")
    func roundTrip() throws {
        let pair = try pair()
        let text = Array("1773740472 secret 0dfc7900 plug-a1".utf8)
        let closed = try text.withUnsafeBytes { try pair.publicKey.encrypt($0) }
        #expect(closed.count == 256)
        let opened = try pair.decrypt(closed).withBytes { Array($0) }
        #expect(opened == text)
        let foreign = try text.withUnsafeBytes { try sample.encrypt($0) }
        #expect((try? pair.decrypt(foreign).withBytes { Array($0) }) != text)
    }

    @Test("245 bytes fit, 246 do not")
    func limit() throws {
        let key = try sample
        let most = [UInt8](repeating: 65, count: 245)
        #expect(try most.withUnsafeBytes { try key.encrypt($0) }.count == 256)
        #expect(throws: MintmarkError.self) { try (most + [65]).withUnsafeBytes { try key.encrypt($0) } }
    }
}
