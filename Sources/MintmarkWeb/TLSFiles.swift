// SPDX-License-Identifier: Apache-2.0
internal import HummingbirdCore
internal import HummingbirdTLS
package import MintmarkCore
internal import NIOSSL

/// Certificate chain and private key of a server that other machines reach, both in PEM.
package struct TLSFiles: Sendable {
    /// File with the server's certificate first.
    private let certificates: String
    private let key: SharedSecret

    package init(certificates: String, key: SharedSecret) {
        self.certificates = certificates
        self.key = key
    }

    /// - Throws: `.badSecret` when certificate or key cannot be used.
    func server(_ channel: HTTP1Channel.Configuration) throws -> HTTPServerBuilder {
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(certificates)
            let key = try key.withBytes { try NIOSSLPrivateKey(bytes: Array($0), format: .pem) }
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
            configuration.minimumTLSVersion = .tlsv12
            return try .tls(.http1(configuration: channel), tlsConfiguration: configuration)
        } catch {
            throw MintmarkError(
                .badSecret, "\(certificates) and its key cannot be used for TLS",
                next: "Give a certificate chain and its private key, both in PEM.")
        }
    }
}
