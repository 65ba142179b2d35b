// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import MintmarkCore
internal import MintmarkCrypto

/// The newest head, kept in a file on another path or disk, replaced only by one who knows what stands there.
///
/// A ledger that is put back from an old copy cannot put this file back with it, so the station sees it at start.
final class HeadFile {
    private let path: String
    private var known: [UInt8]?

    /// - Throws: `.headMissing` when there is none.
    init(_ path: String) throws(MintmarkError) {
        self.path = path
        known = try FileSystem.read(path, limit: SignedNote.maximumSize)
        guard known != nil else {
            throw MintmarkError(
                .headMissing, "there is no head file at \(path)",
                next: "Put it back. Only when it is lost for good: run `mintmark ledger checkpoint --new-head-file`.")
        }
    }

    /// For a station whose ledger has no head yet, or whose head file was lost.
    ///
    /// - Throws: `.ledgerFault` when a file stands there.
    static func create(_ path: String) throws(MintmarkError) {
        let descriptor = try FileSystem.call("open", path) {
            open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        }
        close(descriptor)
        try FileSystem.syncFolder(FileSystem.folder(of: path))
    }

    /// Compares with the log; an empty file stands for no head yet.
    ///
    /// - Returns: how many entries its head covers.
    /// - Throws: `.ledgerRolledBack` when the log is shorter than the head, `.ledgerForked` when it is another one.
    @discardableResult
    func check(_ connection: SQLConnection, origin: String, keys: [NoteKey]) throws(MintmarkError) -> Int64 {
        guard let known, !known.isEmpty else { return 0 }
        let head = try SignedHead(parsing: String(decoding: known, as: UTF8.self))
        guard head.checkpoint.origin == origin, keys.contains(where: { head.note.isSigned(by: $0) }) else {
            throw MintmarkError(
                .ledgerForked,
                "the head in \(path) was not signed by this ledger's station (\(head.checkpoint.origin))",
                next: "Check `head:` and `ledger:` in the station file; do not work on before it is explained.")
        }
        let size = (try connection.integer("SELECT max(seq) FROM entry") ?? -1) + 1
        guard head.checkpoint.size <= size else {
            throw MintmarkError(
                .ledgerRolledBack,
                "the ledger was rolled back: it has \(size) entries, the head in \(path) was signed over \(head.checkpoint.size)",
                next: "Put the newer ledger back; with an older one the station could give a DSN twice.")
        }
        guard try TreeStore.load(size: head.checkpoint.size, from: connection).root == head.checkpoint.root else {
            throw MintmarkError(
                .ledgerForked,
                "the ledger is forked: its first \(head.checkpoint.size) entries are not those of the head in \(path)",
                next: "Find out which copy is the true one; do not work on before it is explained.")
        }
        return head.checkpoint.size
    }

    /// Puts a newer head in the place of the one that was read or written last.
    ///
    /// - Throws: `.ledgerForked` when somebody else replaced it meanwhile: two copies of the ledger are in use.
    func replace(with note: SignedNote) throws(MintmarkError) {
        let new = Array(note.description.utf8)
        let guardian = "\(path).lock"
        let lock = try FileSystem.call("open", guardian) { open(guardian, O_RDWR | O_CREAT | O_CLOEXEC, 0o600) }
        defer { close(lock) }
        try FileSystem.call("flock", guardian) { flock(lock, LOCK_EX) }
        guard try FileSystem.read(path, limit: SignedNote.maximumSize) == known else {
            throw MintmarkError(
                .ledgerForked, "somebody else replaced the head in \(path): two copies of the ledger are in use",
                next: "Stop both stations and find out which copy is the true one.")
        }
        try ExportFile.replace(path, with: new)
        known = new
    }
}
