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

    /// Writes a file that must not exist, whole or not at all.
    static func writeNew(_ text: String, to path: String, mode: mode_t) throws(MintmarkError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else {
            throw MintmarkError(
                .badInput, "cannot write \(path): \(String(cString: strerror(errno)))",
                next: "Choose another path; nothing is written over.", errno: errno)
        }
        Terminal.write(text, to: descriptor)
        close(descriptor)
    }
}
