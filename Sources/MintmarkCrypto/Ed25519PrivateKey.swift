// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL
package import MintmarkCore

/// An Ed25519 private key (RFC 8032). Its bytes stay with libcrypto, which wipes them.
package final class Ed25519PrivateKey: Sendable {
    package let publicKey: Ed25519PublicKey
    private let key: KeyHandle

    /// A new random key.
    package init() throws(MintmarkError) {
        let run = try made(EVP_PKEY_CTX_new_id(EVP_PKEY_ED25519, nil), "make a key")
        defer { EVP_PKEY_CTX_free(run) }
        try done(EVP_PKEY_keygen_init(run), "make a key")
        var pointer: OpaquePointer?
        try done(EVP_PKEY_keygen(run, &pointer), "make a key")
        key = KeyHandle(try made(pointer, "make a key"))
        publicKey = try Self.publicKey(of: key)
    }

    /// Reads PKCS#8 in PEM, not encrypted, as `openssl genpkey -algorithm ed25519` writes it.
    ///
    /// - Throws: `.badSecret` when it is anything else.
    package init(pem bytes: UnsafeRawBufferPointer) throws(MintmarkError) {
        let memory = BIO_new_mem_buf(bytes.baseAddress, Int32(clamping: bytes.count))
        defer { BIO_free(memory) }
        // An encrypted key must not make libcrypto ask for a password on the terminal.
        let pointer = PEM_read_bio_PrivateKey(memory, nil, { _, _, _, _ in -1 }, nil)
        guard let pointer, EVP_PKEY_get_base_id(pointer) == EVP_PKEY_ED25519 else {
            EVP_PKEY_free(pointer)
            ERR_clear_error()
            throw MintmarkError(
                .badSecret, "the signing key is no Ed25519 private key in PEM",
                next: "Make one with `openssl genpkey -algorithm ed25519`.")
        }
        key = KeyHandle(pointer)
        publicKey = try Self.publicKey(of: key)
    }

    /// 64 bytes.
    package func sign(_ message: [UInt8]) throws(MintmarkError) -> [UInt8] {
        guard let context = EVP_MD_CTX_new() else { throw complaint("sign") }
        defer { EVP_MD_CTX_free(context) }
        try done(EVP_DigestSignInit(context, nil, nil, nil, key.pointer), "sign")
        var signature = [UInt8](repeating: 0, count: Ed25519PublicKey.signatureSize)
        var count = signature.count
        try done(EVP_DigestSign(context, &signature, &count, message, message.count), "sign")
        return signature
    }

    /// PKCS#8 in PEM.
    package func pem() throws(MintmarkError) -> Secret { try MemoryBIO.privateKeyPEM(key) }

    private static func publicKey(of key: KeyHandle) throws(MintmarkError) -> Ed25519PublicKey {
        var bytes = [UInt8](repeating: 0, count: Ed25519PublicKey.size)
        var count = bytes.count
        try done(EVP_PKEY_get_raw_public_key(key.pointer, &bytes, &count), "read a public key")
        return try Ed25519PublicKey(bytes)
    }
}
