// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL
package import MintmarkCore

/// A certificate authority that lives as long as the process: for the sandbox's own TLS, on loopback only.
package final class CertificateAuthority: Sendable {
    package struct Issued: Sendable {
        package let certificatePEM: String
        package let keyPEM: SharedSecret
    }

    package let certificatePEM: String
    private nonisolated(unsafe) let key: KeyHandle
    private nonisolated(unsafe) let certificate: CertificateHandle

    /// `now` is seconds since 1970 UTC; the authority is good for ten years from the day before.
    package init(name: String = "Mintmark sandbox CA", now: Int64) throws(MintmarkError) {
        key = try Self.newKey()
        certificate = try CertificateHandle(
            subject: name, issuer: nil, key: key, signer: key, notBefore: now - 86_400, notAfter: now + 315_360_000,
            extensions: [
                (NID_basic_constraints, "critical,CA:TRUE"), (NID_key_usage, "critical,keyCertSign,cRLSign"),
                (NID_subject_key_identifier, "hash"),
            ])
        certificatePEM = try certificate.pem()
    }

    /// A server certificate for these DNS names and addresses.
    package func issue(
        serverNames: [String], ipAddresses: [String], notBefore: Int64, notAfter: Int64
    ) throws(MintmarkError) -> Issued {
        let serverKey = try Self.newKey()
        let names = serverNames.map { "DNS:\($0)" } + ipAddresses.map { "IP:\($0)" }
        let server = try CertificateHandle(
            subject: serverNames.first ?? ipAddresses.first ?? "localhost", issuer: certificate, key: serverKey,
            signer: key, notBefore: notBefore, notAfter: notAfter,
            extensions: [
                (NID_basic_constraints, "critical,CA:FALSE"), (NID_key_usage, "critical,digitalSignature"),
                (NID_ext_key_usage, "serverAuth"), (NID_subject_alt_name, names.joined(separator: ",")),
            ])
        return Issued(certificatePEM: try server.pem(), keyPEM: try serverKey.privatePEM())
    }

    private static func newKey() throws(MintmarkError) -> KeyHandle {
        guard let pointer = mintmark_new_p256_key() else {
            throw MintmarkError(.stationFault, "no P-256 key could be made", next: "Report this as a bug.")
        }
        return KeyHandle(owning: pointer)
    }
}
