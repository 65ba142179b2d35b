// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore
internal import MintmarkCrypto

/// Reads `heads.txt`: signed heads one after the other, each ended by an empty line.
enum HeadNotes {
    /// `size` is how many bytes of the file count.
    ///
    /// - Throws: `.badInput` when one of them is no signed head.
    static func read(_ path: String, upTo size: Int64 = .max) throws(MintmarkError) -> [SignedHead] {
        var heads: [SignedHead] = []
        let lines = try LineReader(path, upTo: size)
        var note = ""
        while let line = try lines.next({ (bytes) throws(MintmarkError) in String(decoding: bytes, as: UTF8.self) }) {
            if line.isEmpty, note.hasSuffix("\n"), note.split(separator: "\n").last?.hasPrefix("— ") == true {
                heads.append(try SignedHead(parsing: note))
                note = ""
            } else {
                note += line + "\n"
            }
        }
        guard note.isEmpty else { throw SignedNote.bad("at the end of heads.txt is not whole") }
        return heads
    }
}
