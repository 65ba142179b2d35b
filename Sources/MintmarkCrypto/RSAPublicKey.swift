// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL
package import MintmarkCore

/// RSA-2048 public key with exponent 65537, as the cloud makes one for every DSN.
package struct RSAPublicKey: Sendable, Equatable {
    /// DER of `RSAPublicKey` (RFC 8017, A.1.1): 270 bytes, 360 characters of base64.
    package let pkcs1: [UInt8]
    /// DER of `SubjectPublicKeyInfo` (RFC 5280): 294 bytes, 392 characters of base64.
    package let spki: [UInt8]

    /// Takes either form, told apart by decoding.
    ///
    /// - Throws: `.badArchive` when it is neither, or not RSA-2048 with exponent 65537.
    package init(der: [UInt8]) throws(MintmarkError) {
        guard let key = KeyHandle(pkcs1: der) ?? KeyHandle(spki: der), key.isDeviceKey,
            let pkcs1 = key.pkcs1, let spki = key.spki
        else { throw Self.refused("the bytes are no RSA-2048 public key") }
        (self.pkcs1, self.spki) = (pkcs1, spki)
    }

    /// Takes PEM text whatever its label, its line width and its line ends: documents put SubjectPublicKeyInfo under
    /// the label `RSA PUBLIC KEY` too.
    package init(pem: String) throws(MintmarkError) {
        let lines = pem.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("-----") }
        let body = lines.joined().filter { !$0.isWhitespace }
        guard let der = Base64.decode(body) else { throw Self.refused("the text is no PEM") }
        try self.init(der: der)
    }

    /// PEM with the PKCS#1 body, or with SubjectPublicKeyInfo.
    package func pem(label: String = "RSA PUBLIC KEY", columns: Int = 64, asSPKI: Bool = false) -> String {
        let body = Array(Base64.encode(asSPKI ? spki : pkcs1).utf8)
        let lines = stride(from: 0, to: body.count, by: columns).map {
            String(decoding: body[$0..<min($0 + columns, body.count)], as: UTF8.self)
        }
        return "-----BEGIN \(label)-----\n\(lines.joined(separator: "\n"))\n-----END \(label)-----\n"
    }

    /// RSAES-PKCS1-v1_5 (RFC 8017, 7.2): at most 245 bytes in, 256 bytes out, different each time.
    package func encrypt(_ plaintext: UnsafeRawBufferPointer) throws(MintmarkError) -> [UInt8] {
        guard let key = KeyHandle(spki: spki),
            let output = key.crypt(plaintext, start: EVP_PKEY_encrypt_init, EVP_PKEY_encrypt)
        else { throw Self.refused("\(plaintext.count) bytes cannot be encrypted with this key") }
        return output
    }

    private static func refused(_ what: String) -> MintmarkError {
        MintmarkError(.badArchive, "public key: \(what)", next: "Fetch the DSN's record from the cloud again.")
    }
}
