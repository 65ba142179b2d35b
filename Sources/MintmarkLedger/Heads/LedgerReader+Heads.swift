// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore
package import MintmarkCrypto

extension LedgerReader {
    /// The newest signed head with its cosignatures; nil when none was signed.
    package func newestHead() throws(MintmarkError) -> SignedHead? {
        try snapshot { connection throws(MintmarkError) in try Self.newestHead(connection) }
    }

    /// Keys that sign the log's heads, as C2SP verifier keys, the oldest first.
    package func headKeys() throws(MintmarkError) -> [String] {
        try snapshot { connection throws(MintmarkError) in
            try checkTables(connection)
            return try Projections(connection).marks.headKeys()
        }
    }

    static func newestHead(_ connection: SQLConnection) throws(MintmarkError) -> SignedHead? {
        guard try HeadTable.exists(connection), let head = try HeadTable.newest(connection) else { return nil }
        return try HeadTable.cosigned(head, connection)
    }

    /// Newest head that a witness of these cosigned; for a proof against its key.
    package func newestHead(cosignedBy keys: [NoteKey]) throws(MintmarkError) -> SignedHead? {
        try snapshot { connection throws(MintmarkError) in
            guard try HeadTable.exists(connection) else { return nil }
            let sizes = try connection.prepare("SELECT DISTINCT size FROM cosig ORDER BY size DESC").all {
                row throws(MintmarkError) in row.integer(0)
            }
            let note = try connection.prepare("SELECT note FROM head WHERE size = ?")
            for size in sizes {
                let text = try note.first(size) { row throws(MintmarkError) in row.text(0) }
                guard let text else { continue }
                let head = try HeadTable.cosigned(SignedHead(parsing: text), connection)
                if keys.contains(where: { Cosignature.time(in: head.note, by: $0) != nil }) { return head }
            }
            return nil
        }
    }

    /// How far the witness of this name has come.
    package func standing(ofWitness name: String) throws(MintmarkError) -> WitnessStanding {
        try snapshot { connection throws(MintmarkError) in
            guard try HeadTable.exists(connection) else { return WitnessStanding(size: 0, waitingSince: nil) }
            let size =
                try connection.prepare("SELECT max(size) FROM cosig WHERE name = ?").first(name) {
                    row throws(MintmarkError) in row.optionalInteger(0)
                }.flatMap(\.self) ?? 0
            let since = try connection.prepare("SELECT t_us FROM head WHERE size > ? ORDER BY size LIMIT 1")
                .first(size) { row throws(MintmarkError) in row.integer(0) }
            return WitnessStanding(size: size, waitingSince: since)
        }
    }

    /// What no head outside of this machine can vouch for yet: entries behind the newest head, and how old they are.
    package func unanchored(now: Int64) throws(MintmarkError) -> UnanchoredWindow {
        try snapshot { connection throws(MintmarkError) in try Self.unanchored(connection, now: now) }
    }

    static func unanchored(_ connection: SQLConnection, now: Int64) throws(MintmarkError) -> UnanchoredWindow {
        let size = (try connection.integer("SELECT max(seq) FROM entry") ?? -1) + 1
        let hasHeads = try HeadTable.exists(connection)
        let signed = hasHeads ? try connection.integer("SELECT max(size) FROM head") ?? 0 : 0
        let witnessed = hasHeads ? try connection.integer("SELECT max(size) FROM cosig") ?? 0 : 0
        let since = try connection.prepare("SELECT t_us FROM entry WHERE seq = ?")
        func age(_ from: Int64) throws(MintmarkError) -> Int64 {
            let time = try since.first(from) { row throws(MintmarkError) in row.integer(0) }
            return time.map { UTCTime.seconds(from: $0, to: now) } ?? 0
        }
        let newest = hasHeads ? try connection.integer("SELECT t_us FROM head ORDER BY size DESC LIMIT 1") : nil
        return UnanchoredWindow(
            entries: size, signed: signed, witnessed: witnessed, unsignedSeconds: try age(signed),
            unwitnessedSeconds: try age(witnessed), headSeconds: newest.map { UTCTime.seconds(from: $0, to: now) })
    }

    /// Id of the key, when it may sign heads here; nothing is written.
    ///
    /// - Throws: `.badSecret` when the ledger knows another key and that one is not at hand to vouch for this.
    package func keyID(of signing: HeadSigning) throws(MintmarkError) -> String {
        let log = try summary().log
        _ = try signing.introduction(log: log, newest: try headKeys().last)
        let key = NoteKey(name: Checkpoint.origin(log: log), publicKey: signing.key.publicKey)
        return Hex.encode(key.keyID)
    }

    /// Compares the head in a head file with the log, also while a station writes both.
    ///
    /// - Returns: how many entries it covers; 0 while it is empty.
    /// - Throws: what the station would stop with at start: `.headMissing`, `.ledgerRolledBack`, `.ledgerForked`.
    package func checkHeadFile(_ path: String) throws(MintmarkError) -> Int64 {
        // First the file: the ledger always has a head before the file has it.
        let file = try HeadFile(path)
        return try snapshot { connection throws(MintmarkError) in
            try checkTables(connection)
            let keys = try Projections(connection).marks.headKeys()
                .map { text throws(MintmarkError) in try NoteKey(parsing: text) }
            let log = try LedgerFile.identify(connection, path: self.path).log
            return try file.check(connection, origin: Checkpoint.origin(log: log), keys: keys)
        }
    }

    /// Shows that the tree over `old` entries is the beginning of that over `size` (RFC 6962 §2.1.2).
    package func consistencyProof(from old: Int64, to size: Int64) throws(MintmarkError) -> [[UInt8]] {
        try snapshot { connection throws(MintmarkError) in try TreeProofs(connection).consistency(from: old, to: size) }
    }

    /// Shows that the entry is under the newest head. Nil while no head covers it.
    package func proof(of sequence: Int64) throws(MintmarkError) -> LogProof? {
        try snapshot { connection throws(MintmarkError) in
            guard let head = try Self.newestHead(connection), sequence < head.checkpoint.size else { return nil }
            let body = try connection.prepare("SELECT body FROM entry WHERE seq = ?").first(sequence) {
                row throws(MintmarkError) in row.array(0)
            }
            guard let body else { throw LedgerFault.make("entry \(sequence) is missing") }
            return LogProof(
                entry: body, index: sequence,
                path: try TreeProofs(connection).inclusion(of: sequence, in: head.checkpoint.size), head: head)
        }
    }
}
