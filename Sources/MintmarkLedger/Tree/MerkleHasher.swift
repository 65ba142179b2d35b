// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCrypto

/// The two hashes of RFC 6962 §2.1. The first byte keeps a leaf from being taken for a node.
package struct MerkleHasher {
    /// Of an empty tree.
    static let empty = SHA256.hash([])

    package func leaf(_ entry: UnsafeRawBufferPointer) -> [UInt8] { SHA256.hash(prefix: 0, entry) }

    package func leaf(_ entry: [UInt8]) -> [UInt8] { entry.withUnsafeBytes { leaf($0) } }

    package func node(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] { SHA256.hash(prefix: 1, left, right) }
}
