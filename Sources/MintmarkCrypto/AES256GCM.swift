// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL
package import MintmarkCore

/// Authenticated encryption (NIST SP 800-38D): nonce (12 random bytes), ciphertext, tag (16 bytes).
package enum AES256GCM {
    private static let nonceSize = 12
    private static let tagSize = 16

    /// `context` is authenticated and not stored: opening needs the same.
    ///
    /// - Throws: `.badSecret` when the key is not 32 bytes long.
    package static func seal(
        _ plaintext: UnsafeRawBufferPointer, key: SharedSecret, context: [UInt8]
    ) throws(MintmarkError) -> [UInt8] {
        var random = SystemRandomNumberGenerator()
        var nonce = [UInt8](repeating: 0, count: nonceSize)
        for index in nonce.indices { nonce[index] = random.next() }
        var ciphertext = [UInt8](repeating: 0, count: plaintext.count)
        var tag = [UInt8](repeating: 0, count: tagSize)
        try withCipher(key: key, nonce: nonce, encrypts: true) { cipher in
            var length: CInt = 0
            return EVP_CipherUpdate(cipher, nil, &length, context, CInt(context.count)) == 1
                && EVP_CipherUpdate(
                    cipher, &ciphertext, &length, plaintext.assumingMemoryBound(to: UInt8.self).baseAddress,
                    CInt(plaintext.count)) == 1
                && EVP_CipherFinal_ex(cipher, nil, &length) == 1
                && EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_AEAD_GET_TAG, CInt(tagSize), &tag) == 1
        }
        return nonce + ciphertext + tag
    }

    /// - Throws: `.badSecret` when the bytes were changed or belong to another key or context.
    package static func open(
        _ sealed: [UInt8], key: SharedSecret, context: [UInt8]
    ) throws(MintmarkError) -> Secret {
        guard sealed.count >= nonceSize + tagSize else { throw refused }
        let nonce = Array(sealed.prefix(nonceSize))
        let ciphertext = Array(sealed.dropFirst(nonceSize).dropLast(tagSize))
        var tag = Array(sealed.suffix(tagSize))
        return try Secret(count: ciphertext.count) { (plaintext) throws(MintmarkError) in
            try withCipher(key: key, nonce: nonce, encrypts: false) { cipher in
                var length: CInt = 0
                return EVP_CipherUpdate(cipher, nil, &length, context, CInt(context.count)) == 1
                    && EVP_CipherUpdate(
                        cipher, plaintext.assumingMemoryBound(to: UInt8.self).baseAddress, &length, ciphertext,
                        CInt(ciphertext.count)) == 1
                    && EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_AEAD_SET_TAG, CInt(tagSize), &tag) == 1
                    && EVP_CipherFinal_ex(cipher, nil, &length) == 1
            }
        }
    }

    private static func withCipher(
        key: SharedSecret, nonce: [UInt8], encrypts: Bool, _ body: (OpaquePointer) -> Bool
    ) throws(MintmarkError) {
        guard key.count == 32 else {
            throw MintmarkError(
                .badSecret, "the spool key is \(key.count) bytes long",
                next: "Put 32 random bytes there: `head -c 32 /dev/urandom`.")
        }
        guard let cipher = EVP_CIPHER_CTX_new() else { throw refused }
        defer { EVP_CIPHER_CTX_free(cipher) }
        let isReady = key.withBytes {
            EVP_CipherInit_ex(
                cipher, EVP_aes_256_gcm(), nil, $0.assumingMemoryBound(to: UInt8.self).baseAddress, nonce,
                encrypts ? 1 : 0) == 1
        }
        guard isReady, body(cipher) else { throw refused }
    }

    private static var refused: MintmarkError {
        MintmarkError(
            .badSecret, "a sealed value cannot be opened: it was changed, or another key sealed it",
            next: "Check that spool-key is the one this station has always used.")
    }
}
