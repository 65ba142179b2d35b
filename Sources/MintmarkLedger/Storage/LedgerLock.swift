// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import MintmarkCore
internal import Synchronization

/// The right to write one ledger: `flock` on a side file that also tells who holds it.
///
/// The kernel gives the lock back when its process ends, however it ends, so a lock is never stale; the file stays.
final class LedgerLock: Sendable {
    private let descriptor: Mutex<Int32?>

    /// Side file of a ledger.
    static func path(of ledger: String) -> String { ledger + ".lock" }

    /// - Throws: `.ledgerLocked` with the owner's process id and command when another process writes.
    init(for ledger: String) throws(MintmarkError) {
        let path = LedgerLock.path(of: ledger)
        let descriptor = try FileSystem.call("open", path) {
            open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        }
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            let code = errno
            if code == EINTR { continue }
            defer { close(descriptor) }
            guard code == EWOULDBLOCK else { throw LedgerFault.file("flock", path, code) }
            throw LedgerLock.taken(ledger, by: try LedgerLock.owner(of: descriptor, path))
        }
        do { try LedgerLock.sign(descriptor, path) } catch {
            close(descriptor)
            throw error
        }
        self.descriptor = Mutex(descriptor)
    }

    deinit { release() }

    /// Gives the lock back now, whoever still holds this object. Safe to call twice.
    func release() {
        descriptor.withLock { descriptor in
            if let open = descriptor { close(open) }
            descriptor = nil
        }
    }

    /// Writes over the last owner before the file is cut, so that a reader never finds it empty.
    private static func sign(_ descriptor: Int32, _ path: String) throws(MintmarkError) {
        let text = Array("\(getpid()) \(ProcessFacts.host()) \(try ProcessFacts.command(of: "self"))\n".utf8)
        let written = text.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
        let code = errno
        guard written == text.count else { throw LedgerFault.file("write", path, code) }
        try FileSystem.call("ftruncate", path) { ftruncate(descriptor, text.count) }
    }

    /// Who holds the lock: by the kernel's word, else, from another host, by the file's. The file can still name the
    /// owner before.
    private static func owner(of descriptor: Int32, _ path: String) throws(MintmarkError) -> String {
        if let process = try KernelLocks.holder(of: descriptor) {
            let command = try ProcessFacts.command(of: String(process))
            return "process \(process) on \(ProcessFacts.host())" + (command.isEmpty ? "" : " (\(command))")
        }
        let owner = try FileSystem.read(path, limit: 512) ?? []
        let line = String(decoding: owner.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        let parts = line.split(separator: " ", maxSplits: 2)
        return parts.count == 3 ? "process \(parts[0]) on \(parts[1]) (\(parts[2]))" : "another process"
    }

    private static func taken(_ ledger: String, by owner: String) -> MintmarkError {
        MintmarkError(
            .ledgerLocked, "\(ledger) is being written by \(owner)",
            next: "Let it finish or stop it, then try again.")
    }
}
