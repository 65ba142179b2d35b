// SPDX-License-Identifier: Apache-2.0
internal import GRDB
package import MintmarkCore

/// Looks into a ledger without writing, also while another process writes it. Never checkpoints.
///
/// Each call sees the state of one commit; two calls may see two.
package final class LedgerReader: Sendable {
    /// The log itself and how long it is.
    package struct Summary: Sendable, Equatable {
        /// Random id of the log, lower-case hex.
        package let log: String
        package let station: String
        package let kind: String
        /// Number of entries.
        package let size: Int64
        /// RFC 6962 root over them, lower-case hex.
        package let root: String
    }

    package let path: String
    private let queue: DatabaseQueue

    /// - Throws: `.ledgerMissing`, `.ledgerFault` when it is no ledger or cannot be read; `.ledgerNewer` when a newer
    ///   program made it and `acceptsNewer` is false.
    package init(at path: String, acceptsNewer: Bool = true) throws(MintmarkError) {
        try LedgerFile.checkPresent(path)
        self.path = path
        queue = try LedgerFile.openQueue(path, readOnly: true)
        do {
            try queue.inDatabase { database in
                let connection = try SQLConnection(database)
                _ = try LedgerFile.identify(connection, path: path, writes: !acceptsNewer)
                try Pragmas.setReader(connection)
            }
        } catch { throw LedgerFault.wrap(error, doing: "opening \(path)") }
    }

    package func summary() throws(MintmarkError) -> Summary {
        try snapshot { connection throws(MintmarkError) in
            let identity = try LedgerFile.identify(connection, path: path)
            let newest = try connection.prepare("SELECT size, h FROM root ORDER BY size DESC LIMIT 1")
                .first { row throws(MintmarkError) in (row.integer(0), Hex.encode(row.array(1))) }
            return Summary(
                log: identity.log, station: identity.station, kind: identity.kind, size: newest?.0 ?? 0,
                root: newest?.1 ?? "")
        }
    }

    /// The sum over all DSNs. What was reserved is counted from the entries, the states from the table, so a DSN that
    /// the table lost is missing from the sum.
    package func account() throws(MintmarkError) -> DSNAccount {
        try snapshot { connection throws(MintmarkError) in try account(connection) }
    }

    func account(_ connection: SQLConnection) throws(MintmarkError) -> DSNAccount {
        var account = try state(connection) { try $0.account() }
        let reserved = try connection.prepare("SELECT count(*) FROM entry WHERE type = ?")
            .first(EntryType.dsnReserved.rawValue) { row throws(MintmarkError) in Int(row.integer(0)) }
        account.reserved = (reserved ?? 0) + account.unknown
        return account
    }

    /// Looks with the words of the seam.
    package func look<Answer>(_ look: (any LedgerState) throws -> Answer) throws(MintmarkError) -> Answer {
        try snapshot { connection throws(MintmarkError) in try state(connection, look) }
    }

    private func state<Answer>(
        _ connection: SQLConnection, _ look: (any LedgerState) throws -> Answer
    ) throws(MintmarkError) -> Answer {
        try checkTables(connection)
        let state = ProjectedState(projections: try Projections(connection))
        do { return try look(state) } catch { throw LedgerFault.wrap(error, doing: "reading \(path)") }
    }

    /// Tables that another version laid are not guessed at; the next session that writes makes them anew.
    func checkTables(_ connection: SQLConnection) throws(MintmarkError) {
        guard try LedgerFile.identify(connection, path: path).hasOurTables else {
            throw MintmarkError(
                .ledgerFault, "the tables of \(path) were laid by another version of this program",
                next: "Run `mintmark ledger checkpoint STATION-FILE --sign` once; entries can be verified as they are.")
        }
    }

    /// One state of the file, for as long as `body` runs.
    func snapshot<Answer>(_ body: (SQLConnection) throws(MintmarkError) -> Answer) throws(MintmarkError) -> Answer {
        do {
            return try queue.inDatabase { database in
                let connection = try SQLConnection(database)
                try connection.execute("BEGIN")
                do {
                    let answer = try body(connection)
                    try connection.leaveTransaction()
                    return answer
                } catch let first {
                    do { try connection.leaveTransaction() } catch {
                        // What broke it off is the news.
                    }
                    throw first
                }
            }
        } catch { throw LedgerFault.wrap(error, doing: "reading \(path)") }
    }
}
