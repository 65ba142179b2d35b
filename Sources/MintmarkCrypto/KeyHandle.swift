// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL

/// Owner of an OpenSSL `EVP_PKEY`.
final class KeyHandle {
    typealias Start = (OpaquePointer?) -> CInt
    typealias Crypt = (
        OpaquePointer?, UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<Int>?, UnsafePointer<UInt8>?, Int
    ) -> CInt

    let pointer: OpaquePointer

    init(owning pointer: OpaquePointer) { self.pointer = pointer }

    deinit { EVP_PKEY_free(pointer) }

    /// Nil unless all of `der` is a PKCS#1 public key.
    convenience init?(pkcs1 der: [UInt8]) { self.init(der, structure: mintmark_pkcs1) }

    /// Nil unless all of `der` is an RSA SubjectPublicKeyInfo.
    convenience init?(spki der: [UInt8]) { self.init(der, structure: mintmark_spki) }

    private convenience init?(_ der: [UInt8], structure: UnsafePointer<CChar>?) {
        var key: OpaquePointer?
        // The decoder keeps the address of the variable until it has decoded.
        let left = withUnsafeMutablePointer(to: &key) { result -> Int? in
            let decoder = mintmark_rsa_decoder(result, structure)
            defer { OSSL_DECODER_CTX_free(decoder) }
            return der.withUnsafeBufferPointer { buffer in
                var (start, count) = (buffer.baseAddress, buffer.count)
                return OSSL_DECODER_from_data(decoder, &start, &count) == 1 ? count : nil
            }
        }
        ERR_clear_error()
        guard let key else { return nil }
        self.init(owning: key)
        if left != 0 { return nil }
    }

    /// Nil unless the primes make a valid RSA-2048 key.
    convenience init?(primes p: [UInt8], _ q: [UInt8]) {
        let context = BN_CTX_new()
        defer { BN_CTX_free(context) }
        BN_CTX_start(context)
        defer { BN_CTX_end(context) }
        let numbers = (0..<9).map { _ in BN_CTX_get(context) }
        let (first, second, e, n, d) = (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4])
        let (p1, q1, dp, dq) = (numbers[5], numbers[6], numbers[7], numbers[8])
        let inverse = BN_new()
        let phi = BN_new()
        defer {
            BN_clear_free(inverse)
            BN_clear_free(phi)
        }
        BN_bin2bn(p, CInt(p.count), first)
        BN_bin2bn(q, CInt(q.count), second)
        guard BN_set_word(e, 65_537) == 1, BN_mul(n, first, second, context) == 1, BN_num_bits(n) == 2048,
            BN_sub(p1, first, BN_value_one()) == 1, BN_sub(q1, second, BN_value_one()) == 1,
            BN_mul(phi, p1, q1, context) == 1, BN_mod_inverse(d, e, phi, context) != nil,
            BN_div(nil, dp, d, p1, context) == 1, BN_div(nil, dq, d, q1, context) == 1,
            BN_mod_inverse(inverse, second, first, context) != nil
        else { return nil }
        let builder = OSSL_PARAM_BLD_new()
        defer { OSSL_PARAM_BLD_free(builder) }
        for (part, number) in [n, e, d, first, second, dp, dq, inverse].enumerated() {
            guard mintmark_push_rsa_part(builder, CInt(part), number) == 1 else { return nil }
        }
        let parameters = OSSL_PARAM_BLD_to_param(builder)
        defer { OSSL_PARAM_free(parameters) }
        let maker = EVP_PKEY_CTX_new_from_name(nil, "RSA", nil)
        defer { EVP_PKEY_CTX_free(maker) }
        var key: OpaquePointer?
        guard EVP_PKEY_fromdata_init(maker) == 1,
            EVP_PKEY_fromdata(maker, &key, mintmark_key_pair, parameters) == 1, let key
        else { return nil }
        self.init(owning: key)
    }

    /// RSA, 2048 bits, exponent 65537: what devices take.
    var isDeviceKey: Bool {
        guard EVP_PKEY_get_bits(pointer) == 2048 else { return false }
        var exponent: OpaquePointer?
        defer { BN_free(exponent) }
        return EVP_PKEY_get_bn_param(pointer, OSSL_PKEY_PARAM_RSA_E, &exponent) == 1
            && BN_is_word(exponent, 65_537) == 1
    }

    var pkcs1: [UInt8]? { encoded(as: mintmark_pkcs1) }
    var spki: [UInt8]? { encoded(as: mintmark_spki) }

    /// DER of the public half.
    private func encoded(as structure: UnsafePointer<CChar>?) -> [UInt8]? {
        let encoder = mintmark_rsa_encoder(pointer, structure)
        defer { OSSL_ENCODER_CTX_free(encoder) }
        var data: UnsafeMutablePointer<UInt8>?
        var count = 0
        guard OSSL_ENCODER_to_data(encoder, &data, &count) == 1, let data else { return nil }
        defer { mintmark_free(data) }
        return Array(UnsafeBufferPointer(start: data, count: count))
    }

    /// Encrypts or decrypts with PKCS#1 v1.5 padding; nil when OpenSSL refuses.
    func crypt(_ input: UnsafeRawBufferPointer, start: Start, _ crypt: Crypt) -> [UInt8]? {
        let context = EVP_PKEY_CTX_new_from_pkey(nil, pointer, nil)
        defer {
            EVP_PKEY_CTX_free(context)
            ERR_clear_error()
        }
        let bytes = input.assumingMemoryBound(to: UInt8.self).baseAddress
        var count = 0
        guard start(context) == 1, EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1,
            crypt(context, nil, &count, bytes, input.count) == 1
        else { return nil }
        var output = [UInt8](repeating: 0, count: count)
        guard crypt(context, &output, &count, bytes, input.count) == 1 else { return nil }
        output.removeSubrange(count...)
        return output
    }
}
