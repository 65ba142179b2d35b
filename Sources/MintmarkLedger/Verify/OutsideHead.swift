// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore
package import MintmarkCrypto

/// A head that was held outside the factory: the only thing against which a ledger can be proven.
package struct OutsideHead: Sendable {
    /// How a report calls it: the file's name, or the witness and its time.
    let name: String
    let head: SignedHead

    /// A head that the auditor took away, as a signed note.
    ///
    /// With `keys` it must be signed or cosigned by one of them; without, that the auditor kept it is what counts.
    ///
    /// - Throws: `.badInput` when it is no signed checkpoint, or signed by none of the keys.
    package init(note text: String, name: String, keys: [NoteKey]) throws(MintmarkError) {
        head = try SignedHead(parsing: text)
        self.name = name
        let note = head.note
        let isTrusted = keys.contains { note.isSigned(by: $0) || Cosignature.time(in: note, by: $0) != nil }
        guard keys.isEmpty || isTrusted else {
            throw MintmarkError(
                .badInput, "\(name) is signed by none of the keys given", next: "Give the key that signed it.")
        }
    }
}
