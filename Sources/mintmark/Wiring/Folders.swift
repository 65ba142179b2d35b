// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore

/// Files and folders that commands make for people.
enum Folders {
    /// Makes the folder a file will stand in, mode 0700.
    static func make(forFile path: String) throws(MintmarkError) {
        try make((path as NSString).deletingLastPathComponent)
    }

    static func make(_ folder: String) throws(MintmarkError) {
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw MintmarkError(.badInput, "cannot make the folder \(folder)", next: "Check the path and its rights.")
        }
    }

    /// Writes a file that must not exist.
    static func writeNew(_ text: String, to path: String, mode: mode_t) throws(MintmarkError) {
        try writeNew(Array(text.utf8), to: path, mode: mode)
    }

    /// Writes a file that must not exist.
    static func writeNew(_ bytes: [UInt8], to path: String, mode: mode_t) throws(MintmarkError) {
        let descriptor = try create(path, mode)
        defer { close(descriptor) }
        guard write(descriptor, bytes, bytes.count) == bytes.count else { throw notWritten(path) }
    }

    /// Writes a secret into a file that must not exist, mode 0600.
    static func writeNew(_ secret: borrowing Secret, to path: String) throws(MintmarkError) {
        let descriptor = try create(path, 0o600)
        defer { close(descriptor) }
        let written = secret.withBytes { write(descriptor, $0.baseAddress, $0.count) }
        guard written == secret.count, fsync(descriptor) == 0 else { throw notWritten(path) }
    }

    /// The error of the last call; what was written of the file is removed.
    private static func notWritten(_ path: String) -> MintmarkError {
        let code = errno
        unlink(path)
        return MintmarkError(
            .badInput, "cannot write \(path): \(String(cString: strerror(code)))",
            next: "Free some space or choose another path.", errno: code)
    }

    private static func create(_ path: String, _ mode: mode_t) throws(MintmarkError) -> Int32 {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else {
            throw MintmarkError(
                .badInput, "cannot write \(path): \(String(cString: strerror(errno)))",
                next: "Choose another path; nothing is written over.", errno: errno)
        }
        return descriptor
    }
}
