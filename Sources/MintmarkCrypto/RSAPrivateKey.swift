// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL
package import MintmarkCore

/// RSA private key made of two given primes. Only the sandbox has private keys: the real ones never leave the cloud.
package final class RSAPrivateKey: Sendable {
    package let publicKey: RSAPublicKey
    private nonisolated(unsafe) let handle: KeyHandle

    /// Two primes of 1024 bits, big-endian, both with their two highest bits set.
    ///
    /// - Throws: `.badInput` when they do not make an RSA-2048 key with exponent 65537.
    package init(primes p: [UInt8], _ q: [UInt8]) throws(MintmarkError) {
        guard let handle = KeyHandle(primes: p, q), let pkcs1 = handle.pkcs1 else {
            throw MintmarkError(.badInput, "the two primes make no RSA key", next: "Report this as a bug.")
        }
        self.handle = handle
        publicKey = try RSAPublicKey(der: pkcs1)
    }

    /// RSAES-PKCS1-v1_5.
    ///
    /// - Throws: `.badInput` when the bytes were not encrypted for this key.
    package func decrypt(_ ciphertext: [UInt8]) throws(MintmarkError) -> Secret {
        let plaintext = ciphertext.withUnsafeBytes {
            handle.crypt($0, start: EVP_PKEY_decrypt_init, EVP_PKEY_decrypt)
        }
        guard var plaintext else {
            throw MintmarkError(.badInput, "the bytes were not encrypted for this key", next: "Check the key.")
        }
        defer { for index in plaintext.indices { plaintext[index] = 0 } }
        return Secret(count: plaintext.count) { $0.copyBytes(from: plaintext) }
    }
}
