// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL
package import MintmarkCore

/// RSA public key of a unit: 2048 bits, exponent 65537, nothing else.
///
/// With both fixed, DER leaves one way to write everything but the modulus (RFC 8017 A.1.1, RFC 3279 2.3.1). So a key
/// is recognised by comparing, and what is accepted here is accepted by every device.
package struct RSAPublicKey: Sendable, Equatable {
    package static let bits = 2048
    /// Longest text that PKCS#1 v1.5 padding leaves room for, in bytes.
    package static let maximumPlaintext = bits / 8 - 11

    /// DER of `RSAPublicKey` (PKCS#1), 270 bytes.
    package let pkcs1: [UInt8]

    /// Takes PKCS#1 `RSAPublicKey` or SubjectPublicKeyInfo, whichever it is.
    ///
    /// - Throws: `.badInput` when it is neither, or of another size or exponent.
    package init(der: [UInt8]) throws(MintmarkError) {
        let body = der.starts(with: Self.spkiHead) ? Array(der.dropFirst(Self.spkiHead.count)) : der
        let modulus = body.dropFirst(Self.pkcs1Head.count).dropLast(Self.pkcs1Tail.count)
        guard body.starts(with: Self.pkcs1Head), body.suffix(Self.pkcs1Tail.count).elementsEqual(Self.pkcs1Tail),
            modulus.count == Self.bits / 8, let first = modulus.first, first & 0x80 != 0, let last = modulus.last,
            last & 1 == 1
        else {
            throw MintmarkError(
                .badInput, "the public key (\(der.count) bytes of DER) is not RSA with 2048 bits and exponent 65537",
                next: "Check where the DSN and its key came from.")
        }
        pkcs1 = body
    }

    /// Takes PEM under any label, in lines of any width and ending, or its bare base64. The body alone decides.
    ///
    /// - Throws: `.badInput` as `init(der:)`, or when the body is not base64.
    package init(pem: String) throws(MintmarkError) {
        let lines = pem.split(whereSeparator: \.isNewline).map { $0.filter { !$0.isWhitespace } }
        guard let der = Base64.decode(lines.filter { !$0.hasPrefix("-----") }.joined()) else {
            throw MintmarkError(
                .badInput, "the public key's text is not PEM", next: "Check where the DSN and its key came from.")
        }
        try self.init(der: der)
    }

    package var bits: Int { Self.bits }

    /// DER of SubjectPublicKeyInfo, 294 bytes.
    package var spki: [UInt8] { Self.spkiHead + pkcs1 }

    /// How the body of a PEM text is written.
    package enum Form: Sendable, CaseIterable {
        case pkcs1, spki

        /// The label that belongs to it (RFC 7468).
        package var label: String {
            switch self {
            case .pkcs1: "RSA PUBLIC KEY"
            case .spki: "PUBLIC KEY"
            }
        }
    }

    /// PEM text with a last line end. Another label than the form's own is for imitating a cloud that mixes them.
    package func pem(label: String? = nil, columns: Int = 64, form: Form = .pkcs1) -> String {
        let label = label ?? form.label
        var rest = Base64.encode(form == .pkcs1 ? pkcs1 : spki)[...]
        var text = "-----BEGIN \(label)-----\n"
        while !rest.isEmpty {
            text += rest.prefix(columns) + "\n"
            rest = rest.dropFirst(columns)
        }
        return text + "-----END \(label)-----\n"
    }

    /// Encrypts with PKCS#1 v1.5 padding (type 2): 256 bytes, different each time.
    ///
    /// - Throws: `.badSecret` when there are more than 245 bytes; `.stationFault` when libcrypto fails.
    package func encrypt(_ plaintext: UnsafeRawBufferPointer) throws(MintmarkError) -> [UInt8] {
        guard plaintext.count <= Self.maximumPlaintext else {
            throw MintmarkError(
                .badSecret, "\(plaintext.count) bytes are to be encrypted, \(Self.maximumPlaintext) fit",
                next: "Shorten OEM id, OEM model or OEM secret.")
        }
        let key = KeyHandle(try decoded())
        let run = try made(EVP_PKEY_CTX_new_from_pkey(nil, key.pointer, nil), "encrypt")
        defer { EVP_PKEY_CTX_free(run) }
        try done(EVP_PKEY_encrypt_init(run), "encrypt")
        try done(EVP_PKEY_CTX_set_rsa_padding(run, RSA_PKCS1_PADDING), "encrypt")
        var ciphertext = [UInt8](repeating: 0, count: Self.bits / 8)
        var count = ciphertext.count
        let source = plaintext.bindMemory(to: UInt8.self).baseAddress
        try done(EVP_PKEY_encrypt(run, &ciphertext, &count, source, plaintext.count), "encrypt")
        return ciphertext
    }

    private func decoded() throws(MintmarkError) -> OpaquePointer {
        let der = spki
        let key = der.withUnsafeBufferPointer { bytes in
            var at = bytes.baseAddress
            return d2i_PUBKEY(nil, &at, bytes.count)
        }
        return try made(key, "read the public key")
    }

    /// `SEQUENCE { INTEGER (257 bytes, the first of them zero)`
    private static let pkcs1Head: [UInt8] = [0x30, 0x82, 0x01, 0x0A, 0x02, 0x82, 0x01, 0x01, 0x00]
    /// `INTEGER 65537 }`
    private static let pkcs1Tail: [UInt8] = [0x02, 0x03, 0x01, 0x00, 0x01]
    /// `SEQUENCE { SEQUENCE { rsaEncryption, NULL }, BIT STRING {`
    private static let spkiHead: [UInt8] = [
        0x30, 0x82, 0x01, 0x22, 0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05,
        0x00, 0x03, 0x82, 0x01, 0x0F, 0x00,
    ]
}
