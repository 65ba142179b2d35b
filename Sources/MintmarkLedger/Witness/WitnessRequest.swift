// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore
internal import MintmarkCrypto

/// What a log asks of a witness: here is my newest head, and this shows that it extends the one you know (C2SP
/// tlog-witness, add-checkpoint).
package struct WitnessRequest: Sendable, Equatable {
    /// Hashes of a consistency proof at most.
    static let maximumProof = 63
    /// Longest body, in bytes: a line for the old size, the proof's lines, an empty line, the note.
    package static let maximumSize = 32 + maximumProof * 45 + 1 + SignedNote.maximumSize

    /// Size that the witness cosigned last, as far as the log knows.
    package let old: Int64
    package let proof: [[UInt8]]
    package let head: SignedHead

    package init(old: Int64, proof: [[UInt8]], head: SignedHead) {
        self.old = old
        self.proof = proof
        self.head = head
    }

    /// - Throws: `.badInput` when the body is not of that form.
    package init(parsing body: [UInt8]) throws(MintmarkError) {
        guard body.count <= Self.maximumSize else { throw Self.bad("is longer than \(Self.maximumSize) bytes") }
        guard let text = String(validating: body, as: UTF8.self) else { throw Self.bad("is not UTF-8") }
        var rest = text[...]
        func line() throws(MintmarkError) -> Substring {
            guard let end = rest.firstIndex(of: "\n") else { throw Self.bad("ends before its checkpoint") }
            defer { rest = rest[rest.index(after: end)...] }
            return rest[..<end]
        }
        let first = try line()
        guard first.hasPrefix("old "), let old = Int64(first.dropFirst(4)), old >= 0, first == "old \(old)" else {
            throw Self.bad("does not begin with a line \"old SIZE\"")
        }
        self.old = old
        var proof: [[UInt8]] = []
        while true {
            let next = try line()
            if next.isEmpty { break }
            guard proof.count < Self.maximumProof else {
                throw Self.bad("has more than \(Self.maximumProof) lines of proof")
            }
            guard let hash = Base64.decode(next), hash.count == 32 else { throw Self.bad("has a line that is no hash") }
            proof.append(hash)
        }
        self.proof = proof
        head = try SignedHead(parsing: String(rest))
    }

    package var description: String {
        "old \(old)\n" + proof.map { Base64.encode($0) + "\n" }.joined() + "\n" + head.note.description
    }

    private static func bad(_ what: String) -> MintmarkError {
        MintmarkError(.badInput, "the request \(what)", next: "Send it as C2SP tlog-witness says.")
    }
}
