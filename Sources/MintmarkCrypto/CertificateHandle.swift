// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL
internal import MintmarkCore

/// Owner of an OpenSSL `X509`.
final class CertificateHandle {
    let pointer: OpaquePointer

    deinit { X509_free(pointer) }

    /// Builds and signs a certificate (RFC 5280, version 3). Without `issuer` it is self-signed.
    init(
        subject: String, issuer: CertificateHandle?, key: KeyHandle, signer: KeyHandle, notBefore: Int64,
        notAfter: Int64, extensions: [(CInt, String)]
    ) throws(MintmarkError) {
        guard let certificate = X509_new() else { throw Self.fault("there is no memory") }
        pointer = certificate
        X509_set_version(certificate, 2)
        var random = SystemRandomNumberGenerator()
        ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), random.next() >> 1 | 1)
        ASN1_TIME_set(X509_getm_notBefore(certificate), Int(notBefore))
        ASN1_TIME_set(X509_getm_notAfter(certificate), Int(notAfter))
        X509_set_pubkey(certificate, key.pointer)
        let name = X509_get_subject_name(certificate)
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, subject, -1, -1, 0)
        X509_set_issuer_name(certificate, issuer.map { X509_get_subject_name($0.pointer) } ?? name)
        for (identifier, value) in extensions {
            let isAdded = mintmark_add_extension(certificate, issuer?.pointer ?? certificate, identifier, value)
            guard isAdded == 1 else { throw Self.fault("the extension \"\(value)\" is refused") }
        }
        guard X509_sign(certificate, signer.pointer, EVP_sha256()) > 0 else { throw Self.fault("it cannot be signed") }
    }

    func pem() throws(MintmarkError) -> String {
        let memory = MemoryBIO()
        guard PEM_write_bio_X509(memory.pointer, pointer) == 1 else { throw Self.fault("it cannot be written") }
        return memory.withBytes { String(decoding: $0, as: UTF8.self) }
    }

    private static func fault(_ what: String) -> MintmarkError {
        MintmarkError(.stationFault, "no certificate could be made: \(what)", next: "Report this as a bug.")
    }
}

extension KeyHandle {
    /// PKCS#8 PEM without a password.
    func privatePEM() throws(MintmarkError) -> SharedSecret {
        let memory = MemoryBIO()
        guard PEM_write_bio_PKCS8PrivateKey(memory.pointer, pointer, nil, nil, 0, nil, nil) == 1 else {
            throw MintmarkError(.stationFault, "a private key cannot be written", next: "Report this as a bug.")
        }
        return SharedSecret(memory.withBytes { Secret(copying: $0) })
    }
}

/// Owner of an OpenSSL memory `BIO`, wiped at its end.
final class MemoryBIO {
    let pointer = BIO_new(BIO_s_secmem())

    deinit { BIO_free(pointer) }

    func withBytes<Result: ~Copyable>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        var data: UnsafeMutablePointer<CChar>?
        let count = mintmark_bio_data(pointer, &data)
        return body(UnsafeRawBufferPointer(start: data, count: count))
    }
}
