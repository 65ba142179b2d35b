// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCrypto

/// The right edge of an RFC 6962 tree: enough to append leaves and to tell the root, in O(log n) memory.
package struct MerkleTree {
    package let hasher = MerkleHasher()
    /// Number of leaves.
    package private(set) var size: Int64 = 0
    /// Roots of the perfect subtrees that make up the tree, the largest first: one for each bit set in `size`.
    private var peaks: [[UInt8]] = []

    package init() {}

    /// Adds a leaf hash; tells every subtree that it completes.
    package mutating func append<E: Error>(
        _ leaf: [UInt8], completed: (_ level: Int, _ index: Int64, _ hash: [UInt8]) throws(E) -> Void
    ) throws(E) {
        var (hash, level) = (leaf, 0)
        while (size >> level) & 1 == 1, let left = peaks.popLast() {
            hash = hasher.node(left, hash)
            level += 1
            try completed(level, size >> level, hash)
        }
        peaks.append(hash)
        size += 1
    }

    package mutating func append(_ leaf: [UInt8]) { append(leaf) { _, _, _ in } }

    /// Adds a whole subtree of 2^`level` leaves.
    ///
    /// The size so far must be a multiple of that; otherwise nothing changes and the answer is false.
    @discardableResult
    package mutating func append(subtree: [UInt8], level: Int) -> Bool {
        guard size & (1 << Int64(level) - 1) == 0 else { return false }
        var (hash, height) = (subtree, level)
        while (size >> height) & 1 == 1, let left = peaks.popLast() {
            hash = hasher.node(left, hash)
            height += 1
        }
        peaks.append(hash)
        size += 1 << level
        return true
    }

    /// RFC 6962 §2.1: the hash of an empty string for an empty tree.
    package var root: [UInt8] {
        guard let last = peaks.last else { return MerkleHasher.empty }
        return peaks.dropLast().reversed().reduce(last) { hasher.node($1, $0) }
    }
}
