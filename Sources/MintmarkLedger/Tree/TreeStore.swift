// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// The tree as the file keeps it: leaves in `entry`, every 8th level in `node`.
///
/// So the right edge comes back from at most 255 leaves and 255 nodes for each kept level, however long the log is.
enum TreeStore {
    /// Levels between two kept ones: 2^8 leaves make a tile of C2SP tlog-tiles.
    static let step = 8

    static func isKept(level: Int) -> Bool { level.isMultiple(of: step) }

    /// The tree of the first `size` entries, without reading their bodies.
    ///
    /// - Throws: `.ledgerFault` when a leaf or node is missing.
    static func load(size: Int64, from connection: SQLConnection) throws(MintmarkError) -> MerkleTree {
        let leaves = try connection.prepare("SELECT leaf FROM entry WHERE seq >= ? AND seq < ? ORDER BY seq")
        let nodes = try connection.prepare("SELECT h FROM node WHERE level = ? AND idx >= ? AND idx < ? ORDER BY idx")
        var tree = MerkleTree()
        for level in stride(from: 56, through: 0, by: -step) {
            let (start, end) = ((size >> (level + step)) << step, size >> level)
            guard start < end else { continue }
            let hashes =
                level == 0
                ? try leaves.all(start, end) { row throws(MintmarkError) in row.array(0) }
                : try nodes.all(Int64(level), start, end) { row throws(MintmarkError) in row.array(0) }
            for hash in hashes { tree.append(subtree: hash, level: level) }
        }
        guard tree.size == size else { throw LedgerFault.make("the tree of \(size) entries is not complete") }
        return tree
    }
}
