// SPDX-License-Identifier: Apache-2.0
internal import Glibc
package import MintmarkCore
internal import MintmarkCrypto

/// Secrets that a registration still needs, sealed beside the ledger until it is answered.
///
/// `<ledger>.spool`, mode 0700, holds one file a request, mode 0600, sealed by AES-256-GCM with the request's id as
/// context: a file under another name does not open. Wiping writes over the sealed bytes first; on flash memory old
/// copies may stay, and only the key protects those.
package struct SealedSpool: Sendable {
    private static let suffix = ".sealed"
    /// A Wi-Fi setup key has at most 64 bytes.
    private static let limit = 4096

    /// The folder.
    package let path: String
    private let key: SharedSecret

    static func folder(of ledger: String) -> String { ledger + ".spool" }

    /// The station's own spool: makes the folder when it is not there, and clears up what a killed process left.
    ///
    /// - Throws: `.ledgerFault` when it cannot be made, or when others may look into it.
    package init(besideLedger ledger: String, key: SharedSecret) throws(MintmarkError) {
        let path = Self.folder(of: ledger)
        if !FileSystem.exists(path) {
            try FileSystem.call("mkdir", path) { mkdir(path, 0o700) }
            try FileSystem.syncFolder(FileSystem.folder(of: path))
        }
        try self.init(folder: path, key: key)
        // Left by a process that was killed while it sealed; nobody was told that they are there.
        for name in try FileSystem.names(in: path) where name.hasSuffix(ExportFile.partialSuffix) {
            try FileSystem.unlink("\(path)/\(name)")
        }
    }

    /// The spool of a ledger that another process may be writing: changes nothing. Nil when there is none.
    ///
    /// - Throws: `.ledgerFault` when others may look into it.
    package static func existing(
        besideLedger ledger: String, key: SharedSecret
    ) throws(MintmarkError) -> SealedSpool? {
        let path = folder(of: ledger)
        return FileSystem.exists(path) ? try SealedSpool(folder: path, key: key) : nil
    }

    private init(folder path: String, key: SharedSecret) throws(MintmarkError) {
        self.path = path
        self.key = key
        var facts = stat()
        try FileSystem.call("lstat", path) { lstat(path, &facts) }
        guard facts.st_mode & S_IFMT == S_IFDIR, facts.st_mode & 0o077 == 0 else {
            throw MintmarkError(
                .ledgerFault, "\(path) can be read by others", next: "Run `chmod 700 \(path)`.")
        }
    }

    /// Seals a secret for a request; durable when it returns. Putting again replaces.
    ///
    /// - Throws: `.badSecret` when the spool key cannot be used; `.diskFull`, `.ledgerFault`.
    package func put(_ secret: SharedSecret, for request: String) throws(MintmarkError) {
        let file = try file(request)
        let sealed = try secret.withBytes { (bytes) throws(MintmarkError) in
            try AES256GCM.seal(bytes, key: key, context: Array(request.utf8))
        }
        try ExportFile.replace(file, with: sealed)
    }

    /// Opens a secret; nil when there is none for this request.
    ///
    /// - Throws: `.badSecret` when another key sealed it or it was changed.
    package func take(for request: String) throws(MintmarkError) -> SharedSecret? {
        guard let sealed = try FileSystem.read(try file(request), limit: Self.limit) else { return nil }
        return SharedSecret(try AES256GCM.open(sealed, key: key, context: Array(request.utf8)))
    }

    /// Writes over the sealed bytes and removes the file. Nothing to do when there is none.
    package func wipe(for request: String) throws(MintmarkError) {
        try Self.wipe(try file(request))
    }

    static func wipe(_ file: String) throws(MintmarkError) {
        guard FileSystem.exists(file) else { return }
        let descriptor = try FileSystem.call("open", file) { open(file, O_WRONLY | O_CLOEXEC | O_NOFOLLOW) }
        defer { close(descriptor) }
        var facts = stat()
        try FileSystem.call("fstat", file) { fstat(descriptor, &facts) }
        try FileSystem.write([UInt8](repeating: 0, count: Int(facts.st_size)), to: descriptor, file)
        try FileSystem.call("fsync", file) { fsync(descriptor) }
        try FileSystem.unlink(file)
        try FileSystem.syncFolder(FileSystem.folder(of: file))
    }

    /// Ids of the requests that have a secret here, in their order.
    package func list() throws(MintmarkError) -> [String] {
        try Self.files(in: path).map { String($0.dropLast(Self.suffix.count)) }
    }

    /// Names of the sealed files in a folder, in their order.
    static func files(in folder: String) throws(MintmarkError) -> [String] {
        try FileSystem.names(in: folder).filter { $0.hasSuffix(suffix) }.sorted()
    }

    /// A request's id is a file's name here, so it may hold nothing but lower-case hex digits and hyphens.
    private func file(_ request: String) throws(MintmarkError) -> String {
        let isPlain = request.utf8.allSatisfy {
            (48...57).contains($0) || (97...102).contains($0) || $0 == UInt8(ascii: "-")
        }
        guard isPlain, (1...64).contains(request.utf8.count) else {
            throw MintmarkError(.badInput, "a request id that is no UUID", next: "Report this as a bug.")
        }
        return "\(path)/\(request)\(Self.suffix)"
    }
}
