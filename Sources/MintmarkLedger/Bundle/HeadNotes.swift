// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore
internal import MintmarkCrypto

/// Reads `heads.txt`: signed heads one after the other, each ended by an empty line.
enum HeadNotes {
    /// Visits one after the other. `size` is how many bytes of the file count.
    ///
    /// - Throws: `.badInput` when one of them is no signed head.
    static func visit(
        _ path: String, upTo size: Int64 = .max, _ visit: (SignedHead) throws(MintmarkError) -> Void
    ) throws(MintmarkError) {
        let lines = try LineReader(path, upTo: size)
        var note = ""
        while let line = try lines.next({ (bytes) throws(MintmarkError) in String(decoding: bytes, as: UTF8.self) }) {
            if line.isEmpty, note.hasSuffix("\n"), note.split(separator: "\n").last?.hasPrefix("— ") == true {
                try visit(try SignedHead(parsing: note))
                note = ""
            } else {
                note += line + "\n"
                guard note.utf8.count <= SignedNote.maximumSize else {
                    throw SignedNote.bad("in heads.txt is longer than \(SignedNote.maximumSize) bytes")
                }
            }
        }
        guard note.isEmpty else { throw SignedNote.bad("at the end of heads.txt is not whole") }
    }
}
