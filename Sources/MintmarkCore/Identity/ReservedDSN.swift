// SPDX-License-Identifier: Apache-2.0

/// A DSN with the public key the cloud made for it.
package struct ReservedDSN: Sendable, Equatable {
    package let dsn: DSN
    /// RSA-2048, DER: PKCS#1 `RSAPublicKey` or SubjectPublicKeyInfo, as the cloud gave it.
    package let publicKey: [UInt8]

    package init(dsn: DSN, publicKey: [UInt8]) {
        self.dsn = dsn
        self.publicKey = publicKey
    }
}
