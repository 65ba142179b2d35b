// SPDX-License-Identifier: Apache-2.0
internal import GRDB
internal import Glibc
package import MintmarkCore
internal import MintmarkCrypto

/// A new machine's ledger from what a mirror holds of the old one's.
///
/// The mirror may lack the old log's end, and nobody can tell how much. So the entries are taken over as they stand, but
/// what follows is a new log with an id of its own, which begins with an entry `log.continue`. Heads that the old
/// machine signed over more entries are then no contradiction, and an old machine that comes back writes another log.
package struct LedgerRestore {
    /// The log that is continued.
    package let continues: String
    /// How many of its entries the mirror has.
    package let entries: Int64
    /// Entries under the head in the head file, when the mirror has not so many.
    package let signed: Int64?
    private let mirror: String
    private let bundle: LedgerBundle
    private let identity: LedgerFile.Identity
    private let headFile: String?

    /// Checks the mirror from its first entry to its last, and against the head file when it is still there.
    ///
    /// - Throws: `.mirrorFault` when it is no mirror; `.badInput` when it is another station's or another kind's;
    ///   `.ledgerFault` when it is damaged or holds nothing; `.ledgerForked` when the head file says something else.
    package init(
        from mirror: String, station: String, kind: StationKind, headFile: String?
    ) throws(MintmarkError) {
        guard try MirrorRecord.read(mirror) != nil else { throw MirrorFault.away(mirror) }
        bundle = try LedgerBundle(mirror)
        let report = try bundle.verify(against: [])
        guard report.isIntact, report.entries > 0 else {
            throw MintmarkError(
                .ledgerFault,
                report.findings.first.map { "the mirror is damaged: \($0.what)" } ?? "the mirror is empty",
                next: "Run `mintmark ledger verify \(mirror)` and find another copy.")
        }
        guard report.station == station else {
            throw MintmarkError(
                .badInput, "\(mirror) is the mirror of station \(report.station), not of \(station)",
                next: "Check `station:` in the station file.")
        }
        let lines = try LineReader("\(mirror)/entries.jsonl")
        let first = try lines.next { (line) throws(MintmarkError) in try Entry(bytes: Array(line)) }
        let opened = try first?.payload(LogOpen.self).kind
        guard opened == kind.rawValue else {
            throw MintmarkError(
                .badInput, "\(mirror) is the mirror of a \(opened ?? "") station, not of a \(kind.rawValue) station",
                next: "Check `kind:` in the station file.")
        }
        (self.mirror, self.headFile) = (mirror, headFile)
        (continues, entries) = (report.log, report.entries)
        identity = .new(station: station, kind: kind.rawValue)
        signed = try Self.newest(headFile, report, bundle)
    }

    /// Writes the ledger, whole or not at all, with the entry that continues the log. Its head file begins anew; the old
    /// one stays beside it under the old log's name. `skip` is by how much every counter goes on; nil: as many numbers
    /// as there were free DSNs.
    ///
    /// - Returns: the new log's id.
    /// - Throws: `.badInput` when a ledger is there; `.ledgerFault`, `.diskFull`.
    package func write(
        to path: String, software: String, clock: any StationClock, actor: String, skip: Int?
    ) throws(MintmarkError) -> String {
        try SQLiteLedger.checkAbsent(path)
        if let headFile { try beginHeadFile(headFile) }
        try MirrorSpool.restore(from: mirror, to: path)
        try SQLiteLedger.make(path, log: identity.log) { making throws in
            try fill(making, software, clock, EntryContext(actor: actor), skip)
        }
        return identity.log
    }

    private func fill(
        _ path: String, _ software: String, _ clock: any StationClock, _ context: EntryContext, _ skip: Int?
    ) throws {
        let last = try lastEntry()
        let stamper = try EntryStamper(
            log: identity.log, station: identity.station, software: software, clock: clock, next: entries,
            last: last.stamp.time)
        let queue = try LedgerFile.openQueue(path, readOnly: false)
        try queue.inDatabase { database in
            let connection = try SQLConnection(database)
            try SQLiteLedger.lay(connection, identity)
            let appender = try LogAppender(connection, stamper: stamper, tree: MerkleTree())
            try takeOver(connection, appender)
            let free = try appender.projections.dsns.counts()[.free] ?? 0
            appender.lookAtClock()
            try appender.append(
                EntryDraft(
                    LogContinue(continues: continues, mirror: mirror, signed: signed, skip: skip ?? free), by: context))
            try appender.seal(since: entries)
            try connection.execute("COMMIT")
            try connection.checkpoint(truncate: true)
        }
        try queue.close()
    }

    /// Every entry as it stands, and the heads over them with their cosignatures.
    private func takeOver(_ connection: SQLConnection, _ appender: LogAppender) throws(MintmarkError) {
        let headTable = try HeadTable(connection)
        let cosignature = try connection.prepare("INSERT INTO cosig (size, name, line, t_us) VALUES (?,?,?,?)")
        let heads = Dictionary(bundle.heads.map { ($0.checkpoint.size, $0) }, uniquingKeysWith: { $1 })
        var sealed: Int64 = 0
        try bundle.eachEntry { (line) throws(MintmarkError) in
            let entry = try Entry(bytes: Array(line))
            try appender.takeOver(entry)
            guard let head = heads[appender.tree.size] else { return }
            try appender.seal(since: sealed)
            sealed = appender.tree.size
            let (own, others) = try head.parted
            try headTable.add(own, at: entry.stamp.time)
            for other in others {
                try cosignature.run(sealed, other.name, String(other.line.dropLast()), entry.stamp.time)
            }
        }
        try appender.seal(since: sealed)
    }

    private func lastEntry() throws(MintmarkError) -> Entry {
        var last: [UInt8] = []
        try bundle.eachEntry { (line) throws(MintmarkError) in
            last.removeAll(keepingCapacity: true)
            last.append(contentsOf: line)
        }
        return try Entry(bytes: last)
    }

    /// An old head file that was moved aside counts as well: a replacement may have been broken off here.
    private static func newest(
        _ headFile: String?, _ report: VerificationReport, _ bundle: LedgerBundle
    ) throws(MintmarkError) -> Int64? {
        guard let headFile else { return nil }
        for path in [headFile, aside(headFile, report.log)] {
            guard let bytes = try FileSystem.read(path, limit: SignedNote.maximumSize), !bytes.isEmpty else { continue }
            let keys = try report.keys.map { text throws(MintmarkError) in try NoteKey(parsing: text) }
            let head = try OutsideHead(note: String(decoding: bytes, as: UTF8.self), name: path, keys: keys)
            let size = head.head.checkpoint.size
            guard head.head.checkpoint.origin == Checkpoint.origin(log: report.log) else {
                throw MintmarkError(
                    .badInput, "\(path) is a head of another log (\(head.head.checkpoint.origin))",
                    next: "Check `head:` in the station file.")
            }
            if size > report.entries { return size }
            if let finding = try bundle.verify(against: [head]).findings.first {
                throw MintmarkError(
                    .ledgerForked, finding.what, next: "Find out which copy is the true one before you go on.")
            }
            return nil
        }
        return nil
    }

    private func beginHeadFile(_ path: String) throws(MintmarkError) {
        if let bytes = try FileSystem.read(path, limit: 1) {
            if bytes.isEmpty { return }
            let aside = Self.aside(path, continues)
            try FileSystem.call("rename", path) { rename(path, aside) }
        }
        try HeadFile.create(path)
    }

    private static func aside(_ headFile: String, _ log: String) -> String { "\(headFile).\(log.prefix(8))" }
}

extension SignedHead {
    /// The head with the log's own signatures, and the lines of its witnesses.
    fileprivate var parted: (own: SignedHead, others: [SignedNote.Signature]) {
        get throws(MintmarkError) {
            let own = note.signatures.filter { $0.name == checkpoint.origin }
            return (
                try SignedHead(SignedNote(text: note.text, signatures: own)),
                note.signatures.filter { $0.name != checkpoint.origin }
            )
        }
    }
}
