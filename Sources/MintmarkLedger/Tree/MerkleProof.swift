// SPDX-License-Identifier: Apache-2.0

/// Checks proofs against roots, with nothing else at hand (RFC 9162 §2.1.3.2 and §2.1.4.2).
package enum MerkleProof {
    /// Whether `path` leads from this leaf hash at `index` to the root over `size` entries.
    package static func includes(
        _ leaf: [UInt8], at index: Int64, size: Int64, root: [UInt8], path: [[UInt8]]
    ) -> Bool {
        guard index >= 0, index < size else { return false }
        let hasher = MerkleHasher()
        var (hash, node, last) = (leaf, index, size - 1)
        for other in path {
            guard last > 0 else { return false }
            if node & 1 == 1 || node == last {
                hash = hasher.node(other, hash)
                while node & 1 == 0, node != 0 { (node, last) = (node >> 1, last >> 1) }
            } else {
                hash = hasher.node(hash, other)
            }
            (node, last) = (node >> 1, last >> 1)
        }
        return last == 0 && hash == root
    }

    /// Whether the tree with `oldRoot` is the beginning of the one with `root`.
    package static func extends(
        old: Int64, _ oldRoot: [UInt8], to size: Int64, _ root: [UInt8], path: [[UInt8]]
    ) -> Bool {
        guard old >= 0, old <= size else { return false }
        if old == size { return path.isEmpty && oldRoot == root }
        if old == 0 { return path.isEmpty && oldRoot == MerkleHasher.empty }
        let hasher = MerkleHasher()
        var rest = path[...]
        if old.nonzeroBitCount == 1 { rest = ([oldRoot] + path)[...] }
        guard let first = rest.popFirst() else { return false }
        var (node, last) = (old - 1, size - 1)
        while node & 1 == 1 { (node, last) = (node >> 1, last >> 1) }
        var (before, after) = (first, first)
        for other in rest {
            guard last > 0 else { return false }
            if node & 1 == 1 || node == last {
                before = hasher.node(other, before)
                after = hasher.node(other, after)
                while node & 1 == 0, node != 0 { (node, last) = (node >> 1, last >> 1) }
            } else {
                after = hasher.node(after, other)
            }
            (node, last) = (node >> 1, last >> 1)
        }
        return last == 0 && before == oldRoot && after == root
    }
}
