// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// The end of the log as the disk has it, hashed again: what a writer must know before it goes on.
///
/// Reads at most 511 bodies, whatever the length of the log.
struct LedgerTail {
    let tree: MerkleTree
    /// Time of the last entry, µs since 1970 UTC.
    let lastTime: Int64
    /// How the wall clock stood to the monotonic one; nil when the end of the log does not tell.
    let offset: EntryStamper.Offset?

    /// - Throws: `.ledgerFault` when the end of the log is not what was committed.
    init(_ connection: SQLConnection, log: String, software: String) throws(MintmarkError) {
        let size = (try connection.integer("SELECT max(seq) FROM entry") ?? -1) + 1
        tree = try TreeStore.load(size: size, from: connection)
        let newest = try connection.prepare("SELECT size, h FROM root ORDER BY size DESC LIMIT 1")
            .first { row throws(MintmarkError) in (size: row.integer(0), root: row.array(1)) }
        guard let newest, newest.size == size, newest.root == tree.root else {
            throw LedgerFault.make(
                "the root over \(size) entries is not the one that was committed (for \(newest?.size ?? 0))")
        }
        try LedgerTail.rehash(connection, size: size)
        let last = try connection.prepare("SELECT body FROM entry WHERE seq = ?").first(size - 1) {
            row throws(MintmarkError) in try Entry(bytes: row.array(0))
        }
        guard let last, last.stamp.log == log, last.stamp.sequence == size - 1 else {
            throw LedgerFault.make("the last entry belongs to another log or another place")
        }
        lastTime = last.stamp.time
        // Another version may count its monotonic time from elsewhere.
        offset = last.stamp.software == software ? try LedgerTail.offset(connection, last) : nil
    }

    /// While times stand still after the clock was set back, the entry of that step tells it.
    private static func offset(
        _ connection: SQLConnection, _ last: Entry
    ) throws(MintmarkError) -> EntryStamper.Offset? {
        guard last.stamp.clock == .stepped else {
            return EntryStamper.Offset(boot: last.stamp.boot, value: last.stamp.time - last.stamp.monotonic)
        }
        let step = try connection.prepare("SELECT body FROM entry WHERE type = ? ORDER BY seq DESC LIMIT 1")
            .first(EntryType.clockStep.rawValue) { row throws(MintmarkError) in try Entry(bytes: row.array(0)) }
        guard let step else { return nil }
        let found = try step.payload(ClockStep.self).found
        return EntryStamper.Offset(boot: step.stamp.boot, value: found - step.stamp.monotonic)
    }

    /// The bodies of the last full tile and of what stands behind it.
    private static func rehash(_ connection: SQLConnection, size: Int64) throws(MintmarkError) {
        let tile = Int64(1) << TreeStore.step
        let full = size / tile
        var tree = MerkleTree()
        var next = max(0, full - 1) * tile
        let bodies = try connection.prepare("SELECT seq, body, leaf FROM entry WHERE seq >= ? ORDER BY seq")
        try bodies.each(next) { row throws(MintmarkError) in
            guard row.integer(0) == next else { throw LedgerFault.make("entry \(next) is missing") }
            next += 1
            let leaf = tree.hasher.leaf(row.bytes(1))
            guard row.bytes(2).elementsEqual(leaf) else {
                throw LedgerFault.make("entry \(row.integer(0)) is not what was committed")
            }
            if tree.size < tile { tree.append(leaf) }
        }
        guard next == size else { throw LedgerFault.make("entry \(next) is missing") }
        guard full > 0 else { return }
        let node = try connection.prepare("SELECT h FROM node WHERE level = ? AND idx = ?")
            .first(Int64(TreeStore.step), full - 1) { row throws(MintmarkError) in row.array(0) }
        guard node == tree.root else {
            throw LedgerFault.make(
                "the tree over entries \((full - 1) * tile)-\(full * tile - 1) is not the committed one")
        }
    }
}
