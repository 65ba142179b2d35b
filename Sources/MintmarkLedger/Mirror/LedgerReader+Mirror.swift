// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore
internal import MintmarkCrypto

extension LedgerReader {
    /// The tree over the first `size` entries.
    func tree(over size: Int64) throws(MintmarkError) -> MerkleTree {
        try snapshot { connection throws(MintmarkError) in try TreeStore.load(size: size, from: connection) }
    }

    /// Bodies of the entries from `first` on, as many as `limit` bytes hold, at least one if there is one.
    func bodies(from first: Int64, limit: Int) throws(MintmarkError) -> [[UInt8]] {
        try snapshot { connection throws(MintmarkError) in
            let rows = try connection.prepare("SELECT body FROM entry WHERE seq >= ? ORDER BY seq")
            try rows.start(first)
            defer { rows.stop() }
            var (bodies, size): ([[UInt8]], Int) = ([], 0)
            while size < limit, let row = try rows.next() {
                bodies.append(row.array(0))
                size += row.bytes(0).count
            }
            return bodies
        }
    }

    /// Signed heads with their cosignatures over at most `size` entries: those that the mirror lacks, and again those that
    /// a witness cosigned since it got them. The smallest first.
    func heads(beyond mirrored: MirroredHeads, upTo size: Int64) throws(MintmarkError) -> [SignedHead] {
        try snapshot { connection throws(MintmarkError) in
            guard try HeadTable.exists(connection) else { return [] }
            var first: Int64 = 0
            if mirrored.isCompared {
                let recent = "SELECT min(size) FROM (SELECT size FROM head ORDER BY size DESC LIMIT 64)"
                first = min(mirrored.newest, try connection.integer(recent) ?? 0)
            }
            let counts = try connection.prepare(
                """
                SELECT size, (SELECT count(*) FROM cosig WHERE cosig.size = head.size) FROM head
                WHERE size >= ? AND size <= ? ORDER BY size
                """
            ).all(first, size) { row throws(MintmarkError) in (size: row.integer(0), cosignatures: Int(row.integer(1)))
            }
            let note = try connection.prepare("SELECT note FROM head WHERE size = ?")
            var heads: [SignedHead] = []
            for row in counts where mirrored.lacks(row.size, cosignatures: row.cosignatures) {
                let head = try note.first(row.size) { row throws(MintmarkError) in try SignedHead(parsing: row.text(0))
                }
                if let head { heads.append(try HeadTable.cosigned(head, connection)) }
            }
            return heads
        }
    }

    /// How far the mirror in this folder is behind. Looks only, and waits for nobody.
    ///
    /// `now` is the wall time in microseconds.
    ///
    /// - Throws: `.mirrorFault` when there is none or it cannot be read; `.ledgerRolledBack`, `.ledgerForked`.
    package func mirrorLag(_ folder: String, now: Int64) throws(MintmarkError) -> MirrorLag {
        let record = try MirrorRecord.checked(folder, self)
        let size = try summary().size
        return try snapshot { connection throws(MintmarkError) in
            let since = try connection.prepare("SELECT t_us FROM entry WHERE seq = ?").first(record.entries) {
                row throws(MintmarkError) in row.integer(0)
            }
            return MirrorLag(
                entries: size, mirrored: record.entries, seconds: since.map { Self.age($0, now) / 1_000_000 } ?? 0)
        }
    }

    /// Microseconds from `time` to `now`; 0 for a time ahead of now, and for one that no clock shows.
    private static func age(_ time: Int64, _ now: Int64) -> Int64 {
        let (age, isOverflow) = now.subtractingReportingOverflow(time)
        return isOverflow ? 0 : max(0, age)
    }
}

extension MirrorRecord {
    /// The mirror's record, compared with the ledger.
    ///
    /// - Throws: `.mirrorFault`; `.ledgerRolledBack` when it covers more than the ledger, `.ledgerForked` when something
    ///   else.
    static func checked(_ folder: String, _ ledger: LedgerReader) throws(MintmarkError) -> MirrorRecord {
        guard let record = try read(folder) else { throw MirrorFault.away(folder) }
        let summary = try ledger.summary()
        guard record.station == summary.station, record.entries > 0 || record.log == summary.log else {
            throw MirrorFault.forked(folder, "it is the mirror of station \(record.station), log \(record.log)")
        }
        guard record.entries <= summary.size else {
            guard record.log == summary.log else { throw MirrorFault.forked(folder, "it goes on as log \(record.log)") }
            throw MirrorFault.rolledBack(
                "it has \(summary.size) entries, its mirror \(folder) has \(record.entries)")
        }
        guard try ledger.tree(over: record.entries).root == record.root else {
            throw MirrorFault.forked(folder, "its first \(record.entries) entries are not the ledger's")
        }
        return record
    }
}
