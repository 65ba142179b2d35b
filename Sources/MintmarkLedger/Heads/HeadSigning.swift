// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore
package import MintmarkCrypto

/// How a station signs heads of its log, and where it keeps the newest one beside the ledger.
package struct HeadSigning: Sendable {
    /// The key in use.
    let key: any SigningKey
    /// The key before it, as long as heads are to carry both signatures.
    let before: (any SigningKey)?
    /// File on another disk that holds the newest head; nil when there is none.
    let headFile: String?

    package init(key: any SigningKey, before: (any SigningKey)? = nil, headFile: String? = nil) {
        self.key = key
        self.before = before
        self.headFile = headFile
    }

    /// Makes the head file, empty; only for a new ledger, or when the file was lost for good.
    ///
    /// - Throws: `.ledgerFault` when a file stands there.
    package func createHeadFile() throws(MintmarkError) {
        if let headFile { try HeadFile.create(headFile) }
    }

    /// The note over this head, with all signatures.
    func sign(_ head: Checkpoint) throws(MintmarkError) -> SignedNote {
        var note = SignedNote(text: head.text, signatures: [])
        note.add(try note.signature(by: key, as: head.origin))
        if let before { note.add(try note.signature(by: before, as: head.origin)) }
        return note
    }

    /// Whether what is at hand can vouch for this key; a key of another log needs nobody's word.
    func vouches(for newest: String, after old: String) throws(MintmarkError) -> Bool {
        let (new, old) = (try NoteKey(parsing: newest), try NoteKey(parsing: old))
        return new.name != old.name || before?.publicKey.bytes == old.publicKey.bytes
    }

    /// The entry that makes `key` known to the ledger; nil when it is known.
    ///
    /// - Throws: `.badSecret` when the ledger knows another key and that one is not at hand to vouch for this.
    func introduction(log: String, newest: String?) throws(MintmarkError) -> KeyRotate? {
        let origin = Checkpoint.origin(log: log)
        let vkey = NoteKey(name: origin, publicKey: key.publicKey).description
        guard let newest, newest != vkey else { return newest == nil ? KeyRotate(vkey: vkey, replaces: nil) : nil }
        // A log that continues another one gets its key as a new log does: the old one may be lost with its machine.
        guard try NoteKey(parsing: newest).name == origin else { return KeyRotate(vkey: vkey, replaces: newest) }
        guard let before, NoteKey(name: origin, publicKey: before.publicKey).description == newest else {
            throw MintmarkError(
                .badSecret, "heads of this ledger are signed with another key (\(newest))",
                next: "Put that key back, or name it under secrets as head-key-before beside the new head-key.")
        }
        return KeyRotate(vkey: vkey, replaces: newest)
    }
}
