// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL
package import MintmarkCore

/// RSA-2048 private key with exponent 65537, as the cloud holds one per DSN. Only the sandbox makes any.
package final class RSAPrivateKey: Sendable {
    package let publicKey: RSAPublicKey
    private let key: KeyHandle

    /// Builds the key from two primes of 1024 bits, big-endian. Whether they are prime is the caller's word.
    ///
    /// - Throws: `.badInput` when they make no RSA-2048 key with exponent 65537.
    package init(primes p: [UInt8], _ q: [UInt8]) throws(MintmarkError) {
        guard p != q else { throw Self.unsuitable }
        let numbers = Numbers()
        key = KeyHandle(try numbers.key(primes: p, q))
        publicKey = try Self.publicKey(of: key)
    }

    /// Takes off PKCS#1 v1.5 padding.
    ///
    /// From OpenSSL 3.2 on, wrong padding gives a random text instead of an error (implicit rejection), so that nobody
    /// can learn from the difference: compare the answer with what you expect.
    ///
    /// - Throws: `.badInput` when the ciphertext is not one of this key.
    package func decrypt(_ ciphertext: [UInt8]) throws(MintmarkError) -> Secret {
        let run = try made(EVP_PKEY_CTX_new_from_pkey(nil, key.pointer, nil), "decrypt")
        defer { EVP_PKEY_CTX_free(run) }
        try done(EVP_PKEY_decrypt_init(run), "decrypt")
        try done(EVP_PKEY_CTX_set_rsa_padding(run, RSA_PKCS1_PADDING), "decrypt")
        var count = RSAPublicKey.bits / 8
        let padded = try Secret(count: count) { (plaintext) throws(MintmarkError) in
            let target = plaintext.bindMemory(to: UInt8.self).baseAddress
            guard EVP_PKEY_decrypt(run, target, &count, ciphertext, ciphertext.count) == 1 else {
                ERR_clear_error()
                throw MintmarkError(
                    .badInput, "\(ciphertext.count) bytes do not decrypt with this key",
                    next: "Check which unit's key encrypted them.")
            }
        }
        return padded.withBytes { Secret(copying: UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }

    private static func publicKey(of key: KeyHandle) throws(MintmarkError) -> RSAPublicKey {
        let size = Int(i2d_PUBKEY(key.pointer, nil))
        guard size > 0 else { throw unsuitable }
        var der = [UInt8](repeating: 0, count: size)
        der.withUnsafeMutableBufferPointer { bytes in
            var at = bytes.baseAddress
            i2d_PUBKEY(key.pointer, &at)
        }
        do { return try RSAPublicKey(der: der) } catch { throw unsuitable }
    }

    private static var unsuitable: MintmarkError {
        MintmarkError(
            .badInput, "the two numbers make no RSA key of 2048 bits with exponent 65537",
            next: "Give two different primes of 1024 bits.")
    }
}

extension RSAPrivateKey {
    /// libcrypto's big numbers for one key; wiped and freed together.
    fileprivate struct Numbers: ~Copyable {
        private let context = BN_CTX_secure_new()
        private let builder = OSSL_PARAM_BLD_new()

        init() { BN_CTX_start(context) }

        deinit {
            OSSL_PARAM_BLD_free(builder)
            BN_CTX_end(context)
            BN_CTX_free(context)
        }

        /// n = pq, d = e⁻¹ mod (p-1)(q-1), and the three numbers of the Chinese remainder theorem (RFC 8017 3.2).
        func key(primes first: [UInt8], _ second: [UInt8]) throws(MintmarkError) -> OpaquePointer {
            let (p, q) = (try number(first), try number(second))
            let (e, one) = (try number([1, 0, 1]), try number([1]))
            let (n, p1, q1, phi) = (try number(), try number(), try number(), try number())
            try done(BN_mul(n, p, q, context), "multiply the primes")
            try done(BN_sub(p1, p, one), "compute the key")
            try done(BN_sub(q1, q, one), "compute the key")
            try done(BN_mul(phi, p1, q1, context), "compute the key")
            let d = try inverse(of: e, modulo: phi)
            let (dp, dq) = (try number(), try number())
            try done(BN_div(nil, dp, d, p1, context), "compute the key")
            try done(BN_div(nil, dq, d, q1, context), "compute the key")
            let qInverse = try inverse(of: q, modulo: p)
            try describe(mintmark_RSA_N, n)
            try describe(mintmark_RSA_E, e)
            try describe(mintmark_RSA_D, d)
            try describe(mintmark_RSA_FACTOR1, p)
            try describe(mintmark_RSA_FACTOR2, q)
            try describe(mintmark_RSA_EXPONENT1, dp)
            try describe(mintmark_RSA_EXPONENT2, dq)
            try describe(mintmark_RSA_COEFFICIENT1, qInverse)
            return try build()
        }

        private func describe(_ name: UnsafePointer<CChar>?, _ value: OpaquePointer) throws(MintmarkError) {
            try done(OSSL_PARAM_BLD_push_BN(builder, name, value), "describe the key")
        }

        private func number(_ bytes: [UInt8] = []) throws(MintmarkError) -> OpaquePointer {
            let number = try made(BN_CTX_get(context), "hold a number")
            _ = try made(BN_bin2bn(bytes, Int32(bytes.count), number), "read a number")
            return number
        }

        private func inverse(of number: OpaquePointer, modulo modulus: OpaquePointer) throws(MintmarkError)
            -> OpaquePointer
        {
            let inverse = try self.number()
            BN_set_flags(modulus, BN_FLG_CONSTTIME)
            guard BN_mod_inverse(inverse, number, modulus, context) != nil else {
                ERR_clear_error()
                throw unsuitable
            }
            return inverse
        }

        private func build() throws(MintmarkError) -> OpaquePointer {
            guard let parameters = OSSL_PARAM_BLD_to_param(builder) else { throw unsuitable }
            defer { OSSL_PARAM_free(parameters) }
            let run = try made(EVP_PKEY_CTX_new_from_name(nil, "RSA", nil), "build the key")
            defer { EVP_PKEY_CTX_free(run) }
            try done(EVP_PKEY_fromdata_init(run), "build the key")
            var key: OpaquePointer?
            try done(EVP_PKEY_fromdata(run, &key, mintmark_EVP_PKEY_KEYPAIR, parameters), "build the key")
            return try made(key, "build the key")
        }
    }
}
