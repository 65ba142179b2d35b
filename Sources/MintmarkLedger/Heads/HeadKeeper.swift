// SPDX-License-Identifier: Apache-2.0
internal import GRDB
internal import MintmarkCore
internal import MintmarkCrypto

/// Signs heads of the log: every 256 entries or 60 s, and when asked.
///
/// What is signed is not what the writer has in memory. The entries since the last head are read back from the file
/// through a second handle and hashed again onto the tree of the last head; only when that gives the writer's root is
/// it signed. A flipped bit in memory or on disk so ends as a fault, not as a signature that no entry matches.
final class HeadKeeper {
    /// Entries between two heads at most: a full tile.
    static let interval: Int64 = 256
    static let maximumAge = Duration.seconds(60)

    private let signing: HeadSigning
    private let origin: String
    private let queue: DatabaseQueue
    private let file: HeadFile?
    /// The tree over what the last head covers, made of bytes that were read back.
    private var tree: MerkleTree
    private(set) var newest: SignedHead?

    /// `queue` is a read-only handle of its own.
    ///
    /// - Throws: `.ledgerFault` when the log is not the one the last head was signed over; what `HeadFile` throws.
    init(
        _ signing: HeadSigning, log: String, queue: DatabaseQueue, connection: SQLConnection, keys: [NoteKey]
    ) throws(MintmarkError) {
        self.signing = signing
        self.queue = queue
        origin = Checkpoint.origin(log: log)
        newest = try HeadTable.newest(connection)
        let size = newest?.checkpoint.size ?? 0
        tree = try TreeStore.load(size: size, from: connection)
        if let newest, newest.checkpoint.root != tree.root {
            throw LedgerFault.make("the first \(size) entries are not those that the last head was signed over")
        }
        file = try signing.headFile.map { path throws(MintmarkError) in try HeadFile(path) }
        try file?.check(connection, origin: origin, keys: keys)
    }

    var size: Int64 { tree.size }

    func isDue(_ size: Int64) -> Bool { size - tree.size >= Self.interval }

    /// Reads back, compares and signs. The caller commits the head, then calls `publish`.
    ///
    /// - Throws: `.ledgerFault` when the file does not give `root`: nothing may be signed any more.
    func sign(size: Int64, root: [UInt8]) throws(MintmarkError) -> SignedHead {
        var next = tree
        do {
            try queue.inDatabase { database in
                let connection = try SQLConnection(database)
                let bodies = try connection.prepare("SELECT body FROM entry WHERE seq >= ? AND seq < ? ORDER BY seq")
                try bodies.each(tree.size, size) { row throws(MintmarkError) in
                    next.append(next.hasher.leaf(row.bytes(0)))
                }
            }
        } catch { throw LedgerFault.wrap(error, doing: "reading entries back") }
        guard next.size == size, next.root == root else {
            throw LedgerFault.make(
                "entries \(tree.size)-\(size - 1) read back from the file are not those that were committed; "
                    + "no head was signed over them")
        }
        let head = try SignedHead(signing.sign(Checkpoint(origin: origin, size: size, root: root)))
        tree = next
        newest = head
        return head
    }

    /// Shows a committed head outside of the ledger.
    func publish(_ head: SignedHead) throws(MintmarkError) { try file?.replace(with: head.note) }

    func close() throws { try queue.close() }
}
