// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// An Ed25519 key that signs heads, wherever its private half is kept.
package protocol SigningKey: Sendable {
    var publicKey: Ed25519PublicKey { get }

    /// 64 bytes.
    ///
    /// - Throws: `.stationFault` when the keeper of the key does not sign.
    func sign(_ message: [UInt8]) throws(MintmarkError) -> [UInt8]
}

extension Ed25519PrivateKey: SigningKey {}
