// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL
internal import MintmarkCore

/// An X.509 certificate in the making. Nothing changes it once it is signed.
final class Certificate: Sendable {
    private nonisolated(unsafe) let pointer: OpaquePointer
    private let issuer: Certificate?

    /// Without an issuer it is self-signed. Times are seconds since 1970. The certificate serial is 127 random bits.
    init(
        subject: String, issuer: Certificate? = nil, key: KeyHandle, notBefore: Int64, notAfter: Int64
    ) throws(MintmarkError) {
        pointer = try made(X509_new(), "make a certificate")
        self.issuer = issuer
        try done(X509_set_version(pointer, Int(X509_VERSION_3)), "make a certificate")
        try setSerial()
        try set(notBefore, with: X509_set1_notBefore)
        try set(notAfter, with: X509_set1_notAfter)
        let name = X509_get_subject_name(pointer)
        let text = Array(subject.utf8)
        let named = X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, text, Int32(text.count), -1, 0)
        try done(named, "name a certificate")
        try done(X509_set_issuer_name(pointer, X509_get_subject_name((issuer ?? self).pointer)), "name the issuer")
        try done(X509_set_pubkey(pointer, key.pointer), "put the key into a certificate")
    }

    deinit { X509_free(pointer) }

    /// Adds an extension, `value` in the syntax of x509v3_config(5).
    func add(_ kind: Int32, _ value: String) throws(MintmarkError) {
        var context = X509V3_CTX()
        X509V3_set_ctx(&context, (issuer ?? self).pointer, pointer, nil, nil, 0)
        guard let entry = X509V3_EXT_conf_nid(nil, &context, kind, value) else {
            ERR_clear_error()
            throw MintmarkError(
                .badInput, "\"\(value.prefix(80))\" cannot stand in a certificate", next: "Check names and addresses.")
        }
        defer { X509_EXTENSION_free(entry) }
        try done(X509_add_ext(pointer, entry, -1), "extend a certificate")
    }

    func sign(with key: KeyHandle) throws(MintmarkError) {
        guard X509_sign(pointer, key.pointer, EVP_sha256()) > 0 else { throw complaint("sign a certificate") }
    }

    func pem() throws(MintmarkError) -> String {
        let text = try MemoryBIO { PEM_write_bio_X509($0, pointer) }
        return text.withBytes { String(decoding: $0, as: UTF8.self) }
    }

    private func setSerial() throws(MintmarkError) {
        let number = try made(BN_new(), "number a certificate")
        defer { BN_free(number) }
        try done(BN_rand(number, 127, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY), "number a certificate")
        guard BN_to_ASN1_INTEGER(number, X509_get_serialNumber(pointer)) != nil else {
            throw complaint("number a certificate")
        }
    }

    private func set(
        _ seconds: Int64, with setter: (OpaquePointer?, UnsafePointer<ASN1_TIME>?) -> Int32
    ) throws(MintmarkError) {
        guard let time = ASN1_TIME_set(nil, Int(seconds)) else { throw complaint("date a certificate") }
        defer { ASN1_TIME_free(time) }
        try done(setter(pointer, time), "date a certificate")
    }
}
