// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCrypto

/// The two hashes of RFC 6962 §2.1. The first byte keeps a leaf from being taken for a node.
///
/// One digest context serves all hashes of a tree; making one for each costs as much as a short hash.
final class MerkleHasher {
    private let stream = SHA256.Stream()

    /// Of an empty tree.
    static let empty = SHA256.hash([])

    func leaf(_ entry: UnsafeRawBufferPointer) -> [UInt8] {
        stream.update(0)
        stream.update(entry)
        return stream.finish()
    }

    func leaf(_ entry: [UInt8]) -> [UInt8] { entry.withUnsafeBytes { leaf($0) } }

    func node(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
        stream.update(1)
        stream.update(left)
        stream.update(right)
        return stream.finish()
    }
}
