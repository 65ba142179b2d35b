// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL
package import MintmarkCore

/// An Ed25519 public key (RFC 8032), 32 bytes.
package struct Ed25519PublicKey: Sendable {
    package static let size = 32
    package static let signatureSize = 64

    package let bytes: [UInt8]
    private let key: KeyHandle

    /// - Throws: `.badInput` when there are not 32 bytes.
    package init(_ bytes: [UInt8]) throws(MintmarkError) {
        guard bytes.count == Self.size else {
            throw MintmarkError(
                .badInput, "an Ed25519 public key has 32 bytes, not \(bytes.count)", next: "Check where it came from.")
        }
        self.bytes = bytes
        let raw = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, bytes, bytes.count)
        key = KeyHandle(try made(raw, "take an Ed25519 public key"))
    }

    /// Whether `signature` is this key's over `message`. Anything that is not 64 bytes is not.
    package func isValid(_ signature: [UInt8], for message: [UInt8]) -> Bool {
        guard signature.count == Self.signatureSize, let context = EVP_MD_CTX_new() else { return false }
        defer {
            EVP_MD_CTX_free(context)
            ERR_clear_error()
        }
        guard EVP_DigestVerifyInit(context, nil, nil, nil, key.pointer) == 1 else { return false }
        return EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
    }

    /// SubjectPublicKeyInfo in PEM, as `openssl pkeyutl -pubin` reads it.
    package func pem() throws(MintmarkError) -> String {
        let text = try MemoryBIO { PEM_write_bio_PUBKEY($0, key.pointer) }
        return text.withBytes { String(decoding: $0, as: UTF8.self) }
    }
}
