// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import MintmarkCore
internal import MintmarkCrypto

/// A witness's memory: one text file that names its key and holds the newest head it cosigned of each log, with its own
/// cosignature, so that the file proves itself.
///
/// The file is replaced whole: written beside, synced, renamed, and the folder synced. A witness without its memory
/// must never cosign again under the same key, so a missing file is a fault and is never made by itself.
final class WitnessStore {
    /// Longest file that is read, in bytes.
    private static let maximumSize = 64 << 20

    private let path: String
    private let lock: LedgerLock
    private let key: NoteKey
    /// By origin.
    private(set) var heads: [String: SignedHead] = [:]

    /// - Throws: `.ledgerMissing` when there is no file; `.ledgerLocked` when another process has it; `.badSecret` when it
    ///   is another key's; `.ledgerFault` when it is damaged.
    init(_ path: String, publicKey: Ed25519PublicKey) throws(MintmarkError) {
        guard FileSystem.exists(path) else {
            throw MintmarkError(
                .ledgerMissing, "there is no witness store at \(path)",
                next: "Put it back. If it is lost for good, begin with a new key: `mintmark witness init`.")
        }
        self.path = path
        lock = try LedgerLock(for: path)
        let text = try FileSystem.read(path, limit: Self.maximumSize).flatMap { String(validating: $0, as: UTF8.self) }
        guard let lines = text?.split(separator: "\n"), let first = lines.first else { throw Self.damaged(path) }
        key = try Self.header(first, path)
        guard key.publicKey.bytes == publicKey.bytes else {
            throw MintmarkError(
                .badSecret, "\(path) belongs to the witness \(key.description), the key given is another one",
                next: "Give the key and the store that were made together.")
        }
        for line in lines.dropFirst() {
            let head = try Self.head(line, path)
            let origin = head.checkpoint.origin
            guard heads.updateValue(head, forKey: origin) == nil, Cosignature.time(in: head.note, by: key) != nil
            else { throw Self.damaged(path) }
        }
    }

    var name: String { key.name }

    /// Makes the memory of a new witness.
    ///
    /// - Throws: `.ledgerFault` when a file stands there.
    static func create(_ path: String, key: NoteKey) throws(MintmarkError) {
        let descriptor = try FileSystem.call("open", path) {
            open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        }
        defer { close(descriptor) }
        try FileSystem.write(line(["vkey": .string(key.description), "witness": .integer(1)]), to: descriptor, path)
        try FileSystem.call("fsync", path) { fsync(descriptor) }
        try FileSystem.syncFolder(FileSystem.folder(of: path))
    }

    /// Keeps a cosigned head. When it returns, the disk has it; when it throws, nobody knows.
    func keep(_ head: SignedHead) throws(MintmarkError) {
        var next = heads
        next[head.checkpoint.origin] = head
        var bytes = Self.line(["vkey": .string(key.description), "witness": .integer(1)])
        for (_, head) in next.sorted(by: { $0.key < $1.key }) {
            bytes += Self.line(["note": .string(head.note.description)])
        }
        try ExportFile.replace(path, with: bytes)
        heads = next
    }

    private static func line(_ object: JSONObject) -> [UInt8] { CanonicalJSON.encode(object) + [UInt8(ascii: "\n")] }

    private static func header(_ line: Substring, _ path: String) throws(MintmarkError) -> NoteKey {
        do {
            let object = try JSONParser.object(Array(line.utf8))
            guard object["witness"]?.integer == 1 else { throw damaged(path) }
            return try NoteKey(parsing: object.text("vkey"))
        } catch { throw damaged(path) }
    }

    private static func head(_ line: Substring, _ path: String) throws(MintmarkError) -> SignedHead {
        do { return try SignedHead(parsing: JSONParser.object(Array(line.utf8)).text("note")) } catch {
            throw damaged(path)
        }
    }

    private static func damaged(_ path: String) -> MintmarkError {
        MintmarkError(
            .ledgerFault, "the witness store \(path) is damaged",
            next: "Put back the newest good copy only if nothing was cosigned since; else begin with a new key.")
    }
}
