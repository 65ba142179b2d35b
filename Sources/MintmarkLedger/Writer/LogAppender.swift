// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// Puts entries, their leaves, kept nodes and projections into the open transaction.
final class LogAppender {
    let projections: Projections
    private let connection: SQLConnection
    private let insertEntry: SQLStatement
    private let insertNode: SQLStatement
    private let insertRoot: SQLStatement
    private let savepoint: SQLStatement
    private let release: SQLStatement
    private let takeBack: SQLStatement
    private var stamper: EntryStamper
    private(set) var tree: MerkleTree

    init(_ connection: SQLConnection, stamper: EntryStamper, tree: MerkleTree) throws(MintmarkError) {
        self.connection = connection
        self.stamper = stamper
        self.tree = tree
        projections = try Projections(connection)
        insertEntry = try connection.prepare(
            "INSERT OR FAIL INTO entry (seq, body, leaf, type, unit, run, t_us) VALUES (?,?,?,?,?,?,?)")
        insertNode = try connection.prepare("INSERT OR FAIL INTO node (level, idx, h) VALUES (?,?,?)")
        insertRoot = try connection.prepare("INSERT OR FAIL INTO root (size, h) VALUES (?,?)")
        savepoint = try connection.prepare("SAVEPOINT act")
        release = try connection.prepare("RELEASE act")
        takeBack = try connection.prepare("ROLLBACK TO act")
    }

    /// Time of the last entry, µs since 1970 UTC.
    var lastTime: Int64 { stamper.last }

    func lookAtClock() { stamper.lookAtClock() }

    /// Decides and appends; on any error nothing of the act stays.
    ///
    /// - Throws: what the act throws, or `.stationFault` for an entry that does not fit.
    func take(_ act: WaitingAct) throws -> @Sendable () -> Void {
        let decision = try act.decide(ProjectedState(projections: projections))
        let (oldStamper, oldTree) = (stamper, tree)
        // An entry checks before it writes; only those before it must be taken back.
        let isGroup = decision.entries.count > 1 || stamper.step != nil
        if isGroup { try savepoint.run() }
        do { for draft in decision.entries { try append(draft) } } catch {
            (stamper, tree) = (oldStamper, oldTree)
            if isGroup {
                try takeBack.run()
                try release.run()
            }
            throw error
        }
        if isGroup { try release.run() }
        return decision.answer
    }

    /// A step of the clock goes before the first entry that could be doubted for it.
    func append(_ draft: EntryDraft) throws(MintmarkError) {
        if let step = stamper.step {
            stamper.tellStep()
            try write(SQLiteLedger.draft(step))
        }
        try write(draft)
    }

    private func write(_ draft: EntryDraft) throws(MintmarkError) {
        let entry = try Entry(draft, stamp: stamper.stamp())
        try projections.apply(draft.body, by: entry.context, at: entry.stamp)
        try insert(entry)
    }

    /// An entry of an earlier log, as it stands.
    func takeOver(_ entry: Entry) throws(MintmarkError) {
        try projections.apply(entry.type.payload.init(json: entry.body), by: entry.context, at: entry.stamp)
        try insert(entry)
    }

    private func insert(_ entry: Entry) throws(MintmarkError) {
        let leaf = tree.hasher.leaf(entry.bytes)
        try insertEntry.run(
            entry.stamp.sequence, SQLText(bytes: entry.bytes), leaf, entry.type.rawValue, entry.context.unit,
            entry.context.run, entry.stamp.time)
        try tree.append(leaf) { level, index, hash throws(MintmarkError) in
            if TreeStore.isKept(level: level) { try insertNode.run(Int64(level), index, hash) }
        }
    }

    /// Writes the root for what was appended since the last one, if anything was.
    func seal(since size: Int64) throws(MintmarkError) {
        if tree.size > size { try insertRoot.run(tree.size, tree.root) }
    }
}
