// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore
package import MintmarkCrypto
internal import Synchronization

/// An Ed25519 key in a PKCS#11 token, which signs heads. Its private half never leaves the token.
package final class TokenKey: SigningKey {
    package let publicKey: Ed25519PublicKey
    private let uri: String
    private let pin: SharedSecret
    private let session: Mutex<TokenSession?>

    /// `uri` names the key as RFC 7512 says, without a PIN.
    ///
    /// - Throws: `.badSecret` when URI, token, PIN or key do not fit; `.stationFault` when the token does not work.
    package init(_ uri: String, pin: SharedSecret) throws(MintmarkError) {
        let session = try TokenSession(try TokenURI(uri), pin: pin)
        _ = try session.privateKey()
        publicKey = try Ed25519PublicKey(try session.publicKey())
        (self.uri, self.pin) = (uri, pin)
        self.session = Mutex(session)
    }

    /// 64 bytes. A token that was pulled out and put back is asked once more.
    package func sign(_ message: [UInt8]) throws(MintmarkError) -> [UInt8] {
        let signature = try session.withLock { session throws(MintmarkError) in
            if let open = session {
                do { return try Self.sign(message, open) } catch { session = nil }
            }
            let again = try TokenSession(try TokenURI(uri), pin: pin)
            let signature = try Self.sign(message, again)
            session = again
            return signature
        }
        // A token can hold another key under this name now.
        guard publicKey.isValid(signature, for: message) else {
            throw MintmarkError(
                .stationFault, "\(uri) does not sign with the key it showed at first",
                next: "See that the right token is plugged in.")
        }
        return signature
    }

    private static func sign(_ message: [UInt8], _ session: TokenSession) throws(MintmarkError) -> [UInt8] {
        try session.sign(message, with: try session.privateKey())
    }
}
