// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore
internal import MintmarkCrypto

/// That one entry is in the log, in one file that needs nothing else (C2SP tlog-proof).
///
/// The entry itself stands in the file as its extra data, so whoever gets it can read what is proven.
package struct LogProof: Sendable, Equatable {
    private static let header = "c2sp.org/tlog-proof@v1"

    package let entry: [UInt8]
    package let index: Int64
    package let path: [[UInt8]]
    package let head: SignedHead

    init(entry: [UInt8], index: Int64, path: [[UInt8]], head: SignedHead) {
        self.entry = entry
        self.index = index
        self.path = path
        self.head = head
    }

    /// - Throws: `.badInput` when it is no such file.
    package init(parsing text: String) throws(MintmarkError) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        func bad(_ what: String) -> MintmarkError {
            MintmarkError(.badInput, "the proof \(what)", next: "Get the file again from where it came from.")
        }
        guard lines.popFirst() == Self.header[...] else { throw bad("does not begin with \(Self.header)") }
        guard let extra = lines.popFirst(), extra.hasPrefix("extra "), let entry = Base64.decode(extra.dropFirst(6))
        else {
            throw bad("does not hold its entry")
        }
        guard let line = lines.popFirst(), line.hasPrefix("index "), let index = Int64(line.dropFirst(6)) else {
            throw bad("does not say which entry")
        }
        var path: [[UInt8]] = []
        while let line = lines.popFirst(), !line.isEmpty {
            guard path.count < 63, let hash = Base64.decode(line), hash.count == 32 else {
                throw bad("holds a line that is no hash")
            }
            path.append(hash)
        }
        self.init(
            entry: entry, index: index, path: path, head: try SignedHead(parsing: lines.joined(separator: "\n")))
    }

    package var description: String {
        let hashes = path.map { Base64.encode($0) + "\n" }.joined()
        return "\(Self.header)\nextra \(Base64.encode(entry))\nindex \(index)\n\(hashes)\n\(head.note.description)"
    }

    /// Whether the entry is under the head. Who signed the head is another question.
    package var isValid: Bool {
        MerkleProof.includes(
            MerkleHasher().leaf(entry), at: index, size: head.checkpoint.size, root: head.checkpoint.root, path: path)
    }
}
