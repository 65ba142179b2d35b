// SPDX-License-Identifier: Apache-2.0
internal import GRDB
internal import MintmarkCore
internal import MintmarkCrypto

/// Heads over what was committed: when they are due, who signs them, and the cosignatures that come back.
extension LedgerWriter {
    /// Takes up the signing of heads; an entry introduces a key that the ledger does not know.
    ///
    /// - Throws: `.badSecret` when the key may not sign here; what `HeadKeeper` throws.
    func sign(with signing: HeadSigning?, path: String) throws {
        let handles = try ready()
        let known = try queue.inDatabase { _ in try handles.appender.projections.marks.headKeys() }
        guard let signing else {
            guard known.isEmpty else {
                throw MintmarkError(
                    .badSecret, "heads of this ledger are signed, and the station file names no head-key",
                    next: "Name the key under secrets.")
            }
            return
        }
        let introduction = try signing.introduction(log: handles.log, newest: known.last)
        try checkVoucher(signing, handles, known)
        let keys = try known.map { text throws(MintmarkError) in try NoteKey(parsing: text) }
        let second = try LedgerFile.openQueue(path, readOnly: true)
        try second.inDatabase { database in try Pragmas.setReader(try SQLConnection(database)) }
        heads = try queue.inDatabase { _ in
            try HeadKeeper(signing, log: handles.log, queue: second, connection: handles.connection, keys: keys)
        }
        if let introduction {
            try transact { appender throws in try appender.append(SQLiteLedger.draft(introduction)) }
        }
    }

    /// A station that stopped between a new key's entry and the first head behind it still owes the old key's signature.
    private func checkVoucher(_ signing: HeadSigning, _ handles: Handles, _ known: [String]) throws {
        guard let newest = known.last, let before = known.dropLast().last else { return }
        guard try !signing.vouches(for: newest, after: before) else { return }
        let isOwed = try queue.inDatabase { _ in
            let entry = try handles.connection.integer("SELECT max(seq) FROM head_key") ?? 0
            return try (HeadTable.newest(handles.connection)?.checkpoint.size ?? 0) <= entry
        }
        guard isOwed else { return }
        throw MintmarkError(
            .badSecret,
            "no head behind the newest key carries the signature of the key before it (\(before))",
            next: "Name that key under secrets as head-key-before until a head was signed.")
    }

    /// Signs a head over all that is committed, if none is; nil when no key is at hand.
    func signNow() throws -> SignedHead? {
        guard let heads else { return nil }
        if try ready().appender.tree.size > heads.size { try transact(signs: true) { _ in } }
        return heads.newest
    }

    /// Keeps a witness's line in a transaction of its own.
    func keep(_ cosignature: SignedNote.Signature, of size: Int64) throws {
        let handles = try ready()
        try transact { appender throws in
            try handles.headTable.add(cosignature, of: size, at: appender.lastTime)
        }
    }

    /// A signed head over all that is committed; nil when one covers it, or no key is at hand.
    func head(_ handles: Handles) throws(MintmarkError) -> SignedHead? {
        guard let heads, heads.size < handles.appender.tree.size else { return nil }
        return try heads.sign(size: handles.appender.tree.size, root: handles.appender.tree.root)
    }

    /// After a commit: a full tile is signed at once, less within a minute.
    func signWhenDue() {
        guard let heads, let handles, fault == nil, handles.appender.tree.size > heads.size else { return }
        if heads.isDue(handles.appender.tree.size) { return signQuietly() }
        guard timer == nil else { return }
        let clock = handles.clock
        let deadline = clock.now + HeadKeeper.maximumAge
        timer = Task { [weak self] in
            do { try await clock.sleep(until: deadline) } catch { return }
            await self?.signInTime()
        }
    }

    private func signInTime() {
        timer = nil
        signQuietly()
    }

    /// A failure is kept: whoever writes next is told.
    private func signQuietly() {
        guard handles != nil, fault == nil else { return }
        do { _ = try signNow() } catch { fault = fault ?? LedgerFault.wrap(error, doing: "signing a head") }
    }
}
