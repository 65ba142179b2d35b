// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL
internal import Glibc
package import MintmarkCore

/// A certificate authority (P-256, ECDSA with SHA-256) that lives as long as the value; its key is never written.
///
/// For the sandbox, whose clients trust it through a CA file, and for tests of bad certificates.
package struct CertificateAuthority: Sendable {
    /// PEM, ends with a line end.
    package let certificatePEM: String
    private let key: KeyHandle
    private let certificate: Certificate

    /// Valid from a day before `now` (seconds since 1970) for 30 days after it.
    ///
    /// - Throws: `.stationFault` when libcrypto fails.
    package init(
        name: String = "Mintmark sandbox CA", now: Int64 = Int64(time(nil))
    ) throws(MintmarkError) {
        key = try Self.newKey()
        certificate = try Certificate(
            subject: name, key: key, notBefore: now - 86_400, notAfter: now + 30 * 86_400)
        try certificate.add(NID_basic_constraints, "critical,CA:TRUE,pathlen:0")
        try certificate.add(NID_key_usage, "critical,keyCertSign,cRLSign")
        try certificate.add(NID_subject_key_identifier, "hash")
        try certificate.sign(with: key)
        certificatePEM = try certificate.pem()
    }

    /// A server's certificate with its new key, both PEM. Times are seconds since 1970; a past one is allowed.
    ///
    /// - Throws: `.badInput` for a name or address that cannot stand in a certificate.
    package func issue(
        serverNames: [String], ipAddresses: [String] = [], notBefore: Int64, notAfter: Int64
    ) throws(MintmarkError) -> (certificatePEM: String, keyPEM: SharedSecret) {
        try Self.server(
            serverNames, ipAddresses, notBefore: notBefore, notAfter: notAfter, issuer: (certificate, key))
    }

    /// As `issue`, by nobody but the server itself.
    ///
    /// - Throws: as `issue`.
    package static func selfSigned(
        serverNames: [String], ipAddresses: [String] = [], notBefore: Int64, notAfter: Int64
    ) throws(MintmarkError) -> (certificatePEM: String, keyPEM: SharedSecret) {
        try server(serverNames, ipAddresses, notBefore: notBefore, notAfter: notAfter, issuer: nil)
    }

    private static func server(
        _ serverNames: [String], _ ipAddresses: [String], notBefore: Int64, notAfter: Int64,
        issuer: (certificate: Certificate, key: KeyHandle)?
    ) throws(MintmarkError) -> (certificatePEM: String, keyPEM: SharedSecret) {
        let names = try alternativeNames(serverNames, ipAddresses)
        let serverKey = try newKey()
        let server = try Certificate(
            subject: serverNames.first ?? ipAddresses.first ?? "server", issuer: issuer?.certificate, key: serverKey,
            notBefore: notBefore, notAfter: notAfter)
        try server.add(NID_basic_constraints, "critical,CA:FALSE")
        try server.add(NID_key_usage, "critical,digitalSignature")
        try server.add(NID_ext_key_usage, "serverAuth")
        try server.add(NID_subject_key_identifier, "hash")
        if issuer != nil { try server.add(NID_authority_key_identifier, "keyid") }
        if !names.isEmpty { try server.add(NID_subject_alt_name, names) }
        try server.sign(with: issuer?.key ?? serverKey)
        return (try server.pem(), SharedSecret(try MemoryBIO.privateKeyPEM(serverKey)))
    }

    /// `DNS:…,IP:…` in libcrypto's extension syntax; other characters than a host's would change its meaning.
    private static func alternativeNames(_ names: [String], _ addresses: [String]) throws(MintmarkError) -> String {
        for text in names + addresses {
            let allowed = text.utf8.allSatisfy {
                (48...58).contains($0) || (65...90).contains($0) || (97...122).contains($0)
                    || [42, 45, 46].contains($0)
            }
            guard allowed, !text.isEmpty else {
                throw MintmarkError(
                    .badInput, "\"\(text.prefix(60))\" is no host name or address", next: "Check the name.")
            }
        }
        return (names.map { "DNS:\($0)" } + addresses.map { "IP:\($0)" }).joined(separator: ",")
    }

    private static func newKey() throws(MintmarkError) -> KeyHandle {
        let run = try made(EVP_PKEY_CTX_new_from_name(nil, "EC", nil), "make a key")
        defer { EVP_PKEY_CTX_free(run) }
        try done(EVP_PKEY_keygen_init(run), "make a key")
        try done(EVP_PKEY_CTX_set_group_name(run, "P-256"), "make a key")
        var key: OpaquePointer?
        try done(EVP_PKEY_generate(run, &key), "make a key")
        return KeyHandle(try made(key, "make a key"))
    }
}
