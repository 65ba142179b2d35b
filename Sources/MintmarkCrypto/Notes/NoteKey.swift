// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// A public key that signs notes under a name: C2SP's verifier key, `name+key id+base64(algorithm ‖ key)`.
package struct NoteKey: Sendable, Equatable {
    /// What a signature by the key covers.
    package enum Algorithm: UInt8, Sendable {
        /// The note's text: heads of the log itself.
        case ed25519 = 1
        /// The note's text and a time: cosignatures of witnesses (C2SP tlog-cosignature, cosignature/v1).
        case cosignature = 4
    }

    package let name: String
    package let algorithm: Algorithm
    package let publicKey: Ed25519PublicKey
    package let keyID: [UInt8]

    package init(name: String, algorithm: Algorithm = .ed25519, publicKey: Ed25519PublicKey) {
        self.name = name
        self.algorithm = algorithm
        self.publicKey = publicKey
        keyID = Array(SHA256.hash(Array(name.utf8) + [0x0A, algorithm.rawValue] + publicKey.bytes).prefix(4))
    }

    /// - Throws: `.badInput` when it is no verifier key of a kind we know.
    package init(parsing text: String) throws(MintmarkError) {
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, Self.isName(parts[0]), let bytes = Base64.decode(String(parts[2])),
            let first = bytes.first, let algorithm = Algorithm(rawValue: first)
        else { throw Self.bad(text) }
        self.init(
            name: String(parts[0]), algorithm: algorithm, publicKey: try Ed25519PublicKey(Array(bytes.dropFirst())))
        guard Hex.encode(keyID) == parts[1] else { throw Self.bad(text) }
    }

    package var description: String {
        "\(name)+\(Hex.encode(keyID))+\(Base64.encode([algorithm.rawValue] + publicKey.bytes))"
    }

    /// Not empty, no blanks, no plus sign.
    package static func isName(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.count <= 200 && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x2B }
    }

    package static func == (left: NoteKey, right: NoteKey) -> Bool { left.description == right.description }

    private static func bad(_ text: String) -> MintmarkError {
        MintmarkError(
            .badInput, "\(text.prefix(100).quoted) is no verifier key", next: "It reads NAME+KEYID+BASE64, in one line."
        )
    }
}

extension SignedNote {
    /// Whether one of the signatures is a true one by this key. Cosignatures have their own question: `times(of:)`.
    package func isSigned(by key: NoteKey) -> Bool { signature(by: key) != nil }

    /// The first true signature by this key.
    package func signature(by key: NoteKey) -> Signature? {
        signatures.first {
            $0.name == key.name && $0.keyID == key.keyID && key.algorithm == .ed25519
                && key.publicKey.isValid($0.bytes, for: Array(text.utf8))
        }
    }

    package func signature(by key: any SigningKey, as name: String) throws(MintmarkError) -> Signature {
        let known = NoteKey(name: name, publicKey: key.publicKey)
        return Signature(name: name, keyID: known.keyID, bytes: try key.sign(Array(text.utf8)))
    }
}
