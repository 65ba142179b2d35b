// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore
internal import NIOSSL

/// Whom a client trusts: verification is always on, TLS 1.2 is the least.
enum TLSTrust {
    /// `caFile` is a PEM file of authorities trusted instead of the system's roots.
    ///
    /// - Throws: `.badStationFile` when the file holds none.
    static func configuration(_ caFile: String?) throws(MintmarkError) -> TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        guard let caFile else { return configuration }
        do {
            let authorities = try NIOSSLCertificate.fromPEMFile(caFile)
            guard !authorities.isEmpty else { throw NIOSSLError.failedToLoadCertificate }
            configuration.trustRoots = .certificates(authorities)
        } catch {
            throw MintmarkError(
                .badStationFile, "\(caFile) holds no certificate authority that can be read",
                next: "Give ca-file a PEM file, or leave the key out to trust the system's roots.")
        }
        return configuration
    }
}
