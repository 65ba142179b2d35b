// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore
package import MintmarkCrypto

/// A checkpoint with its signatures.
package struct SignedHead: Sendable, Equatable {
    package let checkpoint: Checkpoint
    package let note: SignedNote

    init(_ note: SignedNote) throws(MintmarkError) {
        self.note = note
        checkpoint = try Checkpoint(text: note.text)
    }

    private init(_ checkpoint: Checkpoint, _ note: SignedNote) { (self.checkpoint, self.note) = (checkpoint, note) }

    /// The same head with these signatures of it and no others.
    func signed(only signatures: [SignedNote.Signature]) -> SignedHead {
        SignedHead(checkpoint, SignedNote(text: note.text, signatures: signatures))
    }

    /// What to say where a head is needed and the ledger has none.
    package static var missing: MintmarkError {
        MintmarkError(
            .badInput, "no head of this ledger was ever signed",
            next: "Name head-key under secrets in the station file, then run `mintmark ledger checkpoint --sign`.")
    }

    /// - Throws: `.badInput` when it is no signed checkpoint.
    package init(parsing text: String) throws(MintmarkError) { try self.init(SignedNote(parsing: text)) }
}
