// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// Inclusion and consistency proofs (RFC 6962 §2.1.1 and §2.1.2) from the tree as the file keeps it.
///
/// Nodes between the kept levels are made again and remembered from level 3 on: proofs for every unit of a ledger then
/// cost a few reads each.
final class TreeProofs {
    private struct Node: Hashable {
        let level: Int
        let index: Int64
    }

    private static let rememberedFrom = 3
    private let leaf: SQLStatement
    private let node: SQLStatement
    private let hasher = MerkleHasher()
    private var known: [Node: [UInt8]] = [:]

    init(_ connection: SQLConnection) throws(MintmarkError) {
        leaf = try connection.prepare("SELECT leaf FROM entry WHERE seq = ?")
        node = try connection.prepare("SELECT h FROM node WHERE level = ? AND idx = ?")
    }

    /// Hashes from the leaf's neighbour up to just below the root over `size` entries.
    func inclusion(of index: Int64, in size: Int64) throws(MintmarkError) -> [[UInt8]] {
        guard index >= 0, index < size else { throw LedgerFault.make("entry \(index) is not among the first \(size)") }
        return try path(index, 0, size)
    }

    /// What shows that the tree over `old` entries is the beginning of that over `size`.
    func consistency(from old: Int64, to size: Int64) throws(MintmarkError) -> [[UInt8]] {
        guard old >= 0, old <= size else { throw LedgerFault.make("\(old) entries are more than \(size)") }
        return old == 0 || old == size ? [] : try subproof(old, 0, size, isWhole: true)
    }

    /// Root over the entries `start..<end`, where `start` is a multiple of the largest power of two below the length.
    func root(_ start: Int64, _ end: Int64) throws(MintmarkError) -> [UInt8] {
        let count = end - start
        let level = count.trailingZeroBitCount
        if count == 1 << Int64(level), start.isMultiple(of: count) { return try subtree(level, start >> Int64(level)) }
        let split = Self.split(count)
        return hasher.node(try root(start, start + split), try root(start + split, end))
    }

    private func path(_ index: Int64, _ start: Int64, _ end: Int64) throws(MintmarkError) -> [[UInt8]] {
        guard end - start > 1 else { return [] }
        let middle = start + Self.split(end - start)
        return index < middle
            ? try path(index, start, middle) + [try root(middle, end)]
            : try path(index, middle, end) + [try root(start, middle)]
    }

    private func subproof(
        _ old: Int64, _ start: Int64, _ end: Int64, isWhole: Bool
    ) throws(MintmarkError) -> [[UInt8]] {
        if old == end { return isWhole ? [] : [try root(start, end)] }
        let middle = start + Self.split(end - start)
        return old <= middle
            ? try subproof(old, start, middle, isWhole: isWhole) + [try root(middle, end)]
            : try subproof(old, middle, end, isWhole: false) + [try root(start, middle)]
    }

    /// The largest power of two below `count`.
    private static func split(_ count: Int64) -> Int64 { 1 << Int64(63 - (count - 1).leadingZeroBitCount) }

    /// Root of a perfect subtree: kept, or made of the kept level below.
    private func subtree(_ level: Int, _ index: Int64) throws(MintmarkError) -> [UInt8] {
        guard TreeStore.isKept(level: level) else {
            if let hash = known[Node(level: level, index: index)] { return hash }
            let hash = hasher.node(try subtree(level - 1, 2 * index), try subtree(level - 1, 2 * index + 1))
            if level >= Self.rememberedFrom { known[Node(level: level, index: index)] = hash }
            return hash
        }
        let hash =
            level == 0
            ? try leaf.first(index) { row throws(MintmarkError) in row.array(0) }
            : try node.first(Int64(level), index) { row throws(MintmarkError) in row.array(0) }
        guard let hash else { throw LedgerFault.make("node \(index) of level \(level) is missing") }
        return hash
    }
}
