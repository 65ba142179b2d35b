// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import MintmarkCore

/// A file that stands under its name only when it is whole: written beside, synced, then renamed. Mode 0600.
///
/// The path `-` is standard output, where nothing can be taken back. With `holdsSecrets` the buffer is wiped whenever it
/// was written.
final class ExportFile {
    /// End of the name that a file has while it is not whole.
    static let partialSuffix = ".partial"
    private static let bufferSize = 1 << 16

    private let path: String
    private let partial: String
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private let holdsSecrets: Bool
    private var isFinished = false

    /// - Throws: `.ledgerFault` when the folder cannot be written, `.diskFull`.
    init(_ path: String, holdsSecrets: Bool = false) throws(MintmarkError) {
        self.path = path
        self.holdsSecrets = holdsSecrets
        partial = "\(path).\(getpid())\(Self.partialSuffix)"
        let partial = partial
        descriptor =
            path == "-"
            ? STDOUT_FILENO
            : try FileSystem.call("open", path) { open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600) }
        buffer.reserveCapacity(Self.bufferSize + 4096)
    }

    deinit {
        wipe()
        guard path != "-" else { return }
        close(descriptor)
        if !isFinished { unlink(partial) }
    }

    func append(_ bytes: some Sequence<UInt8>) throws(MintmarkError) {
        buffer.append(contentsOf: bytes)
        if buffer.count >= Self.bufferSize { try flush() }
    }

    /// What the buffer gets directly, for writers that go byte by byte.
    func append(_ fill: (inout [UInt8]) -> Void) throws(MintmarkError) {
        fill(&buffer)
        if buffer.count >= Self.bufferSize { try flush() }
    }

    /// Everything is on disk, but not under its name yet.
    func sync() throws(MintmarkError) {
        try flush()
        if path != "-" { try FileSystem.call("fsync", path) { fsync(descriptor) } }
    }

    /// Gives the file its name. Call `sync` first.
    func publish() throws(MintmarkError) {
        if path != "-" {
            try FileSystem.call("rename", path) { rename(partial, path) }
            try FileSystem.syncFolder(FileSystem.folder(of: path))
        }
        isFinished = true
    }

    /// Part of a folder that gets its own name when it is whole and synced: the file itself needs no sync.
    func finish() throws(MintmarkError) {
        try flush()
        try FileSystem.call("rename", path) { rename(partial, path) }
        isFinished = true
    }

    /// Puts new contents in a file's place. Whoever looks, also after a crash, finds the old contents or the new.
    static func replace(_ path: String, with bytes: some Sequence<UInt8>) throws(MintmarkError) {
        let file = try ExportFile(path)
        try file.append(bytes)
        try file.sync()
        try file.publish()
    }

    static func write(_ bytes: some Sequence<UInt8>, to path: String) throws(MintmarkError) {
        let file = try ExportFile(path)
        try file.append(bytes)
        try file.finish()
    }

    static func write(_ text: String, to path: String) throws(MintmarkError) { try write(text.utf8, to: path) }

    private func flush() throws(MintmarkError) {
        try FileSystem.write(buffer, to: descriptor, path)
        wipe()
        buffer.removeAll(keepingCapacity: true)
    }

    private func wipe() {
        guard holdsSecrets else { return }
        buffer.withUnsafeMutableBytes { bytes in
            if let base = bytes.baseAddress { explicit_bzero(base, bytes.count) }
        }
    }
}
