// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore
package import MintmarkCrypto

/// One head on its way to one witness, and what an answer of C2SP tlog-witness means for it. A value without I/O.
package struct Submission: Sendable, Equatable {
    package enum Verdict: Sendable, Equatable {
        /// A true cosignature by the witness's key, to be kept.
        case cosigned(SignedNote.Signature)
        /// The witness knows another size: ask again from there.
        case again(Submission)
        /// The witness's fault, or nobody's: the ledger stands as it did.
        case failed(MintmarkError)
        /// The witness knows this log longer, or with other entries: the ledger is not what it was.
        case contradicted(MintmarkError)
    }

    package let head: SignedNote
    package let size: Int64
    /// Size that the witness cosigned last, as far as the station knows.
    package let old: Int64
    /// Whether the witness told `old` itself.
    private let isTold: Bool

    package init(head: SignedNote, size: Int64, old: Int64) {
        self.init(head: head, size: size, old: old, isTold: false)
    }

    private init(head: SignedNote, size: Int64, old: Int64, isTold: Bool) {
        self.head = head
        self.size = size
        self.old = old
        self.isTold = isTold
    }

    package func judge(_ reply: WitnessReply, by key: NoteKey) -> Verdict {
        switch reply.status {
        case 200:
            cosignature(in: reply.body, by: key).map { .cosigned($0) }
                ?? .failed(badAnswer("its answer holds no cosignature by \(key.description)"))
        case 409: conflict(reply.body)
        // Every log goes on from the empty one.
        case 422 where old > 0:
            .contradicted(fork("it cosigned \(old) entries of this log that this ledger does not go on from"))
        case 403: .failed(refusal("it does not trust the key that signs this ledger's heads"))
        case 404: .failed(refusal("it does not know this log"))
        default: .failed(badAnswer("it answered with status \(reply.status)"))
        }
    }

    private func cosignature(in body: String, by key: NoteKey) -> SignedNote.Signature? {
        for line in body.split(separator: "\n") {
            guard let signature = SignedNote.Signature(cosigning: line) else { continue }
            let note = SignedNote(text: head.text, signatures: [signature])
            if Cosignature.time(in: note, by: key) != nil { return signature }
        }
        return nil
    }

    private func conflict(_ body: String) -> Verdict {
        guard let known = Int64(body.dropLast()), known >= 0, body == "\(known)\n" else {
            return .failed(badAnswer("it told of a conflict, but not the size it knows"))
        }
        guard known <= size else {
            return .contradicted(
                MintmarkError(
                    .ledgerRolledBack,
                    "it cosigned \(known) entries of this log, and this ledger's newest head has only \(size)",
                    next: Self.advice))
        }
        // Against the size that was sent it can have nothing, unless its own root over it is another one.
        guard known != old else {
            return known == size
                ? .contradicted(fork("it cosigned another head over the \(known) entries of this log"))
                : .failed(badAnswer("it refused the size that it knows itself"))
        }
        guard !isTold else { return .failed(badAnswer("it told two sizes within one exchange")) }
        return .again(Submission(head: head, size: size, old: known, isTold: true))
    }

    private func badAnswer(_ what: String) -> MintmarkError {
        MintmarkError(.witnessFailed, what, next: "Nothing: it is tried again. If it stays so, look at the witness.")
    }

    private func refusal(_ what: String) -> MintmarkError {
        MintmarkError(
            .witnessFailed, what, next: "Start the witness with --log and the verifier key that `ledger verify` prints."
        )
    }

    private func fork(_ what: String) -> MintmarkError { MintmarkError(.ledgerForked, what, next: Self.advice) }

    private static let advice =
        "Stop this station. If its mirror is longer, move the ledger aside and run `mintmark station replace --from MIRROR`; "
        + "else keep the ledger and tell the auditor."
}

extension SignedNote.Signature {
    /// Nil when the line is none: a witness may say other things beside its signature.
    fileprivate init?(cosigning line: Substring) {
        do { try self.init(parsing: line) } catch { return nil }
    }
}
