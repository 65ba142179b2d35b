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

    package func waitingRegistrations() throws(MintmarkError) -> WaitingRegistrations {
        try look { try $0.waitingRegistrations() }
    }

    /// How many units stand where with the cloud, each by its newest registration.
    package func badges() throws(MintmarkError) -> [UnitRecord.Badge: Int] {
        try snapshot { connection throws(MintmarkError) in
            try checkTables(connection)
            var badges: [UnitRecord.Badge: Int] = [:]
            let rows = try connection.prepare(
                """
                SELECT state, count(*) FROM outbox
                WHERE intent_seq IN (SELECT max(intent_seq) FROM outbox GROUP BY dsn) GROUP BY state
                """
            ).all { row throws(MintmarkError) -> (UnitRecord.Badge, Int) in (try row.choice(0), Int(row.integer(1))) }
            for (badge, count) in rows { badges[badge] = count }
            return badges
        }
    }

    /// How fast the station works; nil when too few units passed to say it. `now` is in microseconds since 1970 UTC.
    package func pace(now: Int64) throws(MintmarkError) -> WorkPace? {
        try snapshot { connection throws(MintmarkError) in
            try checkTables(connection)
            let runs = try connection.prepare(
                """
                SELECT open_us, outcome = 'pass' FROM run WHERE outcome IS NOT NULL AND dry_run = 0
                ORDER BY open_seq DESC LIMIT \(Self.runsForPace)
                """
            ).all { row throws(MintmarkError) in WorkPace.Run(opened: row.integer(0), passed: row.integer(1) != 0) }
            return WorkPace(newest: runs, now: now)
        }
    }

    /// More than a station runs in eight hours.
    private static let runsForPace = 20_000
}
