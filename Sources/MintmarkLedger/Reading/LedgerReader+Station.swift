// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// Counts for a glance at a station; each is one query, also in a large ledger.
extension LedgerReader {
    /// Version of the SQLite library this process runs with.
    package static var sqliteVersion: String { LedgerFile.sqliteVersion }

    /// Free DSNs of a module model.
    package func freeDSNs(model: String) throws(MintmarkError) -> Int {
        try snapshot { connection throws(MintmarkError) in
            try checkTables(connection)
            return try connection.prepare("SELECT count(*) FROM dsn WHERE state = 'free' AND model = ?")
                .first(model) { row throws(MintmarkError) in Int(row.integer(0)) } ?? 0
        }
    }

    /// Registrations without a final badge, and when the oldest of them was queued, µs since 1970 UTC.
    package func waitingRegistrations() throws(MintmarkError) -> (count: Int, since: Int64?) {
        try snapshot { connection throws(MintmarkError) in
            try checkTables(connection)
            let found = try connection.prepare(
                """
                SELECT count(*), min(entry.t_us) FROM outbox JOIN entry ON entry.seq = outbox.intent_seq
                WHERE outbox.state IN ('queued', 'unknown')
                """
            ).first { row throws(MintmarkError) in (Int(row.integer(0)), row.isNull(1) ? nil : row.integer(1)) }
            return found ?? (0, nil)
        }
    }
}
