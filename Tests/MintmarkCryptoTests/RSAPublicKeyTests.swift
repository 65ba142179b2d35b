// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkCrypto
import TestSupport
import Testing

@Suite("RSAPublicKey")
struct RSAPublicKeyTests {
    private let der: [UInt8]
    private let key: RSAPublicKey

    init() throws {
        der = try #require(Base64.decode(samplePKCS1))
        key = try RSAPublicKey(der: der)
    }

    @Test("PKCS#1 is 360 characters of base64 and SubjectPublicKeyInfo 392, both the same key")
    func forms() throws {
        #expect(Base64.encode(key.pkcs1) == samplePKCS1)
        #expect(samplePKCS1.count == 360)
        let spki = Base64.encode(key.spki)
        #expect(spki.count == 392)
        #expect(spki.hasPrefix("MIIBIjANBgkq"))
        #expect(try RSAPublicKey(der: key.spki) == key)
        #expect(key.bits == 2048)
    }

    @Test(
        "a PEM text is taken whatever its label, line width and line ends", arguments: [64, 76, 360, 392],
        ["\n", "\r\n"])
    func lenientPEM(columns: Int, lineEnd: String) throws {
        for form in RSAPublicKey.Form.allCases {
            for label in ["RSA PUBLIC KEY", "PUBLIC KEY", "ANYTHING"] {
                let text = key.pem(label: label, columns: columns, form: form).split(separator: "\n")
                #expect(try RSAPublicKey(pem: text.joined(separator: lineEnd)) == key)
                #expect(try RSAPublicKey(pem: text.joined(separator: lineEnd) + lineEnd) == key)
            }
        }
        #expect(try RSAPublicKey(pem: samplePKCS1) == key)
    }

    @Test("a PEM text has its form's label, lines of the asked width and a last line end")
    func writesPEM() throws {
        let pem = key.pem()
        #expect(pem.hasPrefix("-----BEGIN RSA PUBLIC KEY-----\n\(samplePKCS1.prefix(64))\n"))
        #expect(pem.hasSuffix("\nWpz9ySM5IZNibs3UkhvlnCFEUoSKQTk+CwIDAQAB\n-----END RSA PUBLIC KEY-----\n"))
        #expect(key.pem(form: .spki).hasPrefix("-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkq"))
        #expect(key.pem(columns: 76).split(separator: "\n")[1].count == 76)
    }

    @Test("a PEM text that lost or gained a character is refused", arguments: 0..<40 as Range<UInt64>)
    func damagedPEM(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var text = Array(samplePKCS1)
        let place = text.indices.randomElement(using: &random) ?? 0
        if seed.isMultiple(of: 2) { text.remove(at: place) } else { text.insert("A", at: place) }
        expectRefused { try RSAPublicKey(pem: String(text)) }
    }

    @Test(
        "text that is no key is refused",
        arguments: ["", "\n", "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n", "%%%"])
    func noKey(text: String) {
        expectRefused { try RSAPublicKey(pem: text) }
    }

    @Test("another size, another exponent, an even modulus and bytes behind the key are refused")
    func otherKeys() throws {
        // openssl genrsa 1024
        let small =
            "MIGJAoGBAMjMHQnoAUfGiCP2rx7LTtHdxr0JmLwSyDGrI7dLCDCAFNv3bGDWXMIFEKqVgCmSRFHbnXoIZZZ2sKjS6mpkVzZPPZjqzCm5"
            + "CZVwFL4BqYTp6GzAzqJEbUkDRg0VpJb5jGCi0lWMSYbAMRxwwPJAVKZ1wpaHYmDjdZ7O/Zc8nPWBAgMBAAE="
        expectRefused { try RSAPublicKey(pem: small) }
        var exponent = der
        exponent[der.count - 1] = 3
        expectRefused { try RSAPublicKey(der: exponent) }
        var even = der
        even[der.count - 6] &= 0xFE
        expectRefused { try RSAPublicKey(der: even) }
        var short = der
        short[9] &= 0x7F
        expectRefused { try RSAPublicKey(der: short) }
        expectRefused { try RSAPublicKey(der: der + [0]) }
        expectRefused { try RSAPublicKey(der: key.spki.dropLast()) }
        expectRefused { try RSAPublicKey(der: []) }
    }

    @Test("245 bytes can be encrypted, 246 cannot, and the answer is 256 bytes and differs each time")
    func limits() throws {
        let longest = [UInt8](repeating: 65, count: RSAPublicKey.maximumPlaintext)
        let first = try longest.withUnsafeBytes { try key.encrypt($0) }
        #expect(first.count == 256)
        #expect(try longest.withUnsafeBytes { try key.encrypt($0) } != first)
        let error = #expect(throws: MintmarkError.self) {
            try [UInt8](repeating: 65, count: 246).withUnsafeBytes { try key.encrypt($0) }
        }
        #expect(error?.code == .badSecret)
    }

    private func expectRefused(_ read: () throws -> RSAPublicKey) {
        let error = #expect(throws: MintmarkError.self) { _ = try read() }
        #expect(error?.code == .badInput)
    }
}
