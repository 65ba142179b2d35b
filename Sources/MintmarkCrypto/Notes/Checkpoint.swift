// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// What a head says: so many entries of this log have this root (C2SP tlog-checkpoint).
package struct Checkpoint: Sendable, Equatable {
    /// Which log: `mintmark/` and its id.
    package let origin: String
    package let size: Int64
    /// RFC 6962 root, 32 bytes.
    package let root: [UInt8]

    package init(origin: String, size: Int64, root: [UInt8]) {
        self.origin = origin
        self.size = size
        self.root = root
    }

    /// Origin of the log with this id.
    package static func origin(log: String) -> String { "mintmark/\(log)" }

    /// Reads a note's text. Lines behind the third are other people's extensions.
    ///
    /// - Throws: `.badInput` when it is no checkpoint.
    package init(text: String) throws(MintmarkError) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count >= 4, NoteKey.isName(lines[0]), let size = Int64(lines[1]), size >= 0,
            String(size) == lines[1], let root = Base64.decode(String(lines[2])), root.count == 32
        else {
            throw MintmarkError(
                .badInput, "this is no checkpoint", next: "It begins with three lines: origin, size, root in base64.")
        }
        self.init(origin: String(lines[0]), size: size, root: root)
    }

    package var text: String { "\(origin)\n\(size)\n\(Base64.encode(root))\n" }
}
