// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL
package import MintmarkCore

/// AES-256-GCM (NIST SP 800-38D). A sealed value is `nonce (12) ‖ ciphertext ‖ tag (16)`, the nonce random.
///
/// Random nonces keep one key safe for 2³² sealed values, far beyond a station's life.
package enum AES256GCM {
    package static let keySize = 32
    package static let overhead = nonceSize + tagSize

    private static let nonceSize = 12
    private static let tagSize = 16
    private nonisolated(unsafe) static let cipher = EVP_CIPHER_fetch(nil, "AES-256-GCM", nil)

    /// `context` is not stored; the same bytes must be given to `open`, so a value cannot be moved elsewhere.
    ///
    /// - Throws: `.badSecret` when the key is not 32 bytes, `.stationFault` when libcrypto fails.
    package static func seal(
        _ plaintext: UnsafeRawBufferPointer, key: SharedSecret, context: [UInt8]
    ) throws(MintmarkError) -> [UInt8] {
        var nonce = [UInt8](repeating: 0, count: nonceSize)
        try done(RAND_bytes(&nonce, Int32(nonceSize)), "make a random nonce")
        return try seal(plaintext, key: key, nonce: nonce, context: context)
    }

    /// With a nonce of the caller's, for known answers. A nonce used twice with one key gives both texts away.
    static func seal(
        _ plaintext: UnsafeRawBufferPointer, key: SharedSecret, nonce: [UInt8], context: [UInt8]
    ) throws(MintmarkError) -> [UInt8] {
        let run = try begin(key: key, nonce: nonce, context: context, isSealing: true)
        defer { EVP_CIPHER_CTX_free(run) }
        var ciphertext = [UInt8](repeating: 0, count: plaintext.count)
        var count: Int32 = 0
        if !plaintext.isEmpty {
            let source = plaintext.bindMemory(to: UInt8.self).baseAddress
            try done(EVP_EncryptUpdate(run, &ciphertext, &count, source, Int32(plaintext.count)), "seal")
        }
        var rest = [UInt8](repeating: 0, count: tagSize)
        try done(EVP_EncryptFinal_ex(run, &rest, &count), "seal")
        var tag = [UInt8](repeating: 0, count: tagSize)
        try done(EVP_CIPHER_CTX_ctrl(run, EVP_CTRL_AEAD_GET_TAG, Int32(tagSize), &tag), "seal")
        return nonce + ciphertext + tag
    }

    /// - Throws: `.badSecret` when the key is not 32 bytes, or is another one, or when sealed value or context were
    ///   changed; `.stationFault` when libcrypto fails.
    package static func open(
        _ sealed: [UInt8], key: SharedSecret, context: [UInt8]
    ) throws(MintmarkError) -> Secret {
        guard sealed.count >= overhead else { throw unopened }
        let run = try begin(key: key, nonce: Array(sealed[..<nonceSize]), context: context, isSealing: false)
        defer { EVP_CIPHER_CTX_free(run) }
        let ciphertext = Array(sealed[nonceSize..<(sealed.count - tagSize)])
        var tag = Array(sealed.suffix(tagSize))
        return try Secret(count: ciphertext.count) { (plaintext) throws(MintmarkError) in
            var count: Int32 = 0
            if !ciphertext.isEmpty {
                let target = plaintext.bindMemory(to: UInt8.self).baseAddress
                try done(EVP_DecryptUpdate(run, target, &count, ciphertext, Int32(ciphertext.count)), "open")
            }
            try done(EVP_CIPHER_CTX_ctrl(run, EVP_CTRL_AEAD_SET_TAG, Int32(tagSize), &tag), "open")
            var rest = [UInt8](repeating: 0, count: tagSize)
            guard EVP_DecryptFinal_ex(run, &rest, &count) == 1 else {
                ERR_clear_error()
                throw unopened
            }
        }
    }

    private static var unopened: MintmarkError {
        MintmarkError(
            .badSecret, "a sealed value does not open: it was sealed with another key, or changed",
            next: "Check that the station's spool key is the one that sealed it.")
    }

    /// A cipher context that has taken key, nonce and context; the caller frees it.
    private static func begin(
        key: SharedSecret, nonce: [UInt8], context: [UInt8], isSealing: Bool
    ) throws(MintmarkError) -> OpaquePointer {
        guard key.count == keySize else {
            throw MintmarkError(
                .badSecret, "a sealing key of \(key.count) bytes was given, \(keySize) are needed",
                next: "Check the station's spool key.")
        }
        let run = try made(EVP_CIPHER_CTX_new(), "begin AES-256-GCM")
        do throws(MintmarkError) {
            try key.withBytes { (bytes) throws(MintmarkError) in
                let bytes = bytes.bindMemory(to: UInt8.self).baseAddress
                let direction: Int32 = isSealing ? 1 : 0
                try done(EVP_CipherInit_ex2(run, cipher, bytes, nonce, direction, nil), "begin AES-256-GCM")
            }
            var count: Int32 = 0
            if !context.isEmpty {
                try done(EVP_CipherUpdate(run, nil, &count, context, Int32(context.count)), "take the context")
            }
        } catch {
            EVP_CIPHER_CTX_free(run)
            throw error
        }
        return run
    }
}
