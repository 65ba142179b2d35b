// SPDX-License-Identifier: Apache-2.0
internal import Glibc
package import MintmarkCore
internal import MintmarkCrypto

/// A copy of a ledger's log in a folder on another disk or host, which only ever grows.
///
/// `entries.jsonl` and `heads.txt` are those of an auditor's bundle; `mirror.json` says how much of them was synced.
/// Before anything is added, what the mirror says is compared with the ledger: a mirror that holds more means that the
/// ledger was rolled back, one that holds something else that one of them is forked. Used from one thread at a time.
package final class LedgerMirror {
    /// Bytes of entries that are read and synced together.
    private static let batch = 1 << 20

    private let folder: String
    private let reader: LedgerReader
    private let log: String
    /// Where the last pass ended. Nil before the first and after every error: then all is compared again.
    private var end: End?
    /// A sync failed: what was written since the record may not be on the disk, whatever reading it back says.
    private var isDoubtful = false

    private struct End {
        var record: MirrorRecord
        var tree: MerkleTree
        var heads: MirroredHeads
    }

    /// Opens nothing on the mirror yet.
    ///
    /// - Throws: as `LedgerReader.init`.
    package init(_ folder: String, of ledger: String) throws(MintmarkError) {
        self.folder = folder
        reader = try LedgerReader(at: ledger)
        log = try reader.summary().log
    }

    /// Makes an empty mirror for this ledger. Done on purpose, once: a mirror that is missing later is away.
    ///
    /// - Throws: `.badInput` when the folder holds anything; `.mirrorFault`.
    package static func create(_ folder: String, of ledger: String) throws(MintmarkError) {
        let summary = try LedgerReader(at: ledger).summary()
        try checkEmpty(folder)
        try MirrorFault.io { () throws(MintmarkError) in try FileSystem.makeFolders(folder) }
        try MirrorRecord(log: summary.log, station: summary.station).write(folder)
    }

    /// Whether a mirror is in this folder, whoever's it is.
    package static func isMirror(_ folder: String) -> Bool { FileSystem.exists("\(folder)/\(MirrorRecord.name)") }

    /// - Throws: `.badInput` when a new mirror cannot begin in this folder, because it holds something.
    package static func checkEmpty(_ folder: String) throws(MintmarkError) {
        guard FileSystem.exists(folder) else { return }
        let names = try MirrorFault.io { () throws(MintmarkError) in try FileSystem.names(in: folder) }
        guard names.isEmpty else {
            throw MintmarkError(
                .badInput, "\(folder) is not empty", next: "Choose an empty folder; a mirror is never written over.")
        }
    }

    /// Compares what the mirror says with the ledger, without writing.
    ///
    /// - Throws: as `copy`.
    package func check() throws(MintmarkError) { _ = try MirrorRecord.checked(folder, reader) }

    /// Copies all that is missing.
    ///
    /// - Throws: `.mirrorFault` when the mirror is away, full or damaged; `.ledgerRolledBack`, `.ledgerForked` when it
    ///   holds more than the ledger or something else; `.ledgerFault`.
    package func copy() throws(MintmarkError) {
        do throws(MintmarkError) { try pass() } catch {
            end = nil
            throw error
        }
    }

    private func pass() throws(MintmarkError) {
        guard Self.isMirror(folder) else { throw MirrorFault.away(folder) }
        let lock = try MirrorLock(folder)
        defer { withExtendedLifetime(lock) {} }
        let entries = try MirrorFile("\(folder)/entries.jsonl")
        let heads = try MirrorFile("\(folder)/heads.txt")
        var (end, begun, isRecorded) = try resume(entries, heads)
        while true {
            let bodies = try reader.bodies(from: end.tree.size, limit: Self.batch)
            // A secret is sealed before the entry that needs it, so what these entries need is there by now.
            try MirrorSpool.copy(from: reader.path, to: folder)
            var bytes: [UInt8] = []
            for body in bodies {
                bytes += body
                bytes.append(UInt8(ascii: "\n"))
                end.tree.append(end.tree.hasher.leaf(body))
            }
            let notes = try reader.heads(beyond: end.heads, upTo: end.tree.size)
            guard !bodies.isEmpty || !notes.isEmpty || !isRecorded else { break }
            if !bytes.isEmpty { try entries.append(Array(bytes.dropFirst(begun))) }
            let text = Array(notes.map { $0.note.description + "\n" }.joined().utf8)
            if !text.isEmpty { try heads.append(text) }
            try sync(entries)
            try sync(heads)
            end.record.bytes += Int64(bytes.count)
            end.record.headBytes += Int64(text.count)
            end.record.entries = end.tree.size
            end.record.root = end.tree.root
            end.record.log = log
            for head in notes { end.heads.add(head) }
            end.heads.isCompared = true
            try end.record.write(folder)
            (begun, isRecorded, isDoubtful) = (0, true, false)
        }
        guard try reader.tree(over: end.tree.size).root == end.tree.root else {
            throw LedgerFault.make("the entries read for the mirror are not those that were committed")
        }
        self.end = end
    }

    private func sync(_ file: MirrorFile) throws(MintmarkError) {
        do throws(MintmarkError) { try file.sync() } catch {
            isDoubtful = true
            throw error
        }
    }

    /// Where to go on: behind the record, or behind what a copy that was broken off wrote and could not record.
    ///
    /// Whole entries that equal the ledger's are kept, and so is the beginning of the next one: `begun` of its bytes are
    /// there. Anything that is an entry, but not the ledger's, is a fault; what is no entry is cut off.
    private func resume(
        _ entries: MirrorFile, _ heads: MirrorFile
    ) throws(MintmarkError) -> (end: End, begun: Int, isRecorded: Bool) {
        let (size, headSize) = (try entries.size(), try heads.size())
        let found = try MirrorRecord.read(folder)
        if let end, end.record == found, size == end.record.bytes, headSize == end.record.headBytes {
            return (end, 0, true)
        }
        let record = try MirrorRecord.checked(folder, reader)
        for (file, size, least) in [(entries, size, record.bytes), (heads, headSize, record.headBytes)]
        where size < least {
            throw MirrorFault.make(
                "the mirror is damaged: \(file.path) has \(size) bytes, it had \(least)",
                next: "Put the file back, or begin a new mirror in another folder and keep this one.")
        }
        if headSize > record.headBytes { try heads.cut(to: record.headBytes) }
        try MirrorFault.io { () throws(MintmarkError) in
            for name in try FileSystem.names(in: folder) where name.hasSuffix(ExportFile.partialSuffix) {
                try FileSystem.unlink("\(folder)/\(name)")
            }
        }
        var end = End(
            record: record, tree: try reader.tree(over: record.entries),
            heads: try MirrorFault.io { () throws(MintmarkError) in
                var there = MirroredHeads()
                try HeadNotes.visit(heads.path, upTo: record.headBytes) { there.add($0) }
                return there
            })
        guard size > record.bytes else { return (end, 0, true) }
        let tail = try MirrorTail(entries.path, from: record.bytes, entry: record.entries, ledger: reader)
        if let stranger = tail.stranger {
            throw tail.isBeyondLedger
                ? MirrorFault.rolledBack("it ends before entry \(stranger), which its mirror \(folder) has")
                : MirrorFault.forked(folder, "its entry \(stranger) is not the ledger's")
        }
        if isDoubtful {
            try entries.cut(to: record.bytes)
            return (end, 0, true)
        }
        let kept = record.bytes + tail.bytes + Int64(tail.begun)
        if kept < size { try entries.cut(to: kept) }
        for leaf in tail.leaves { end.tree.append(leaf) }
        end.record.bytes += tail.bytes
        return (end, tail.begun, false)
    }
}
