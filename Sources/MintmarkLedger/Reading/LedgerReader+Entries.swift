// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

extension LedgerReader {
    /// Entries from `range`, at most `limit`, of this run, unit and type where they are given; in their order.
    ///
    /// `unit` is a DSN, a hardware signature or a MAC address, and finds the entries that name it so in their envelope.
    package func entries(
        _ range: Range<Int64> = 0..<Int64.max, run: String? = nil, unit: String? = nil, type: EntryType? = nil,
        limit: Int = .max
    ) throws(MintmarkError) -> [Entry] {
        try snapshot { connection throws(MintmarkError) in
            var (low, high) = (range.lowerBound, range.upperBound)
            if let run {
                let first = try connection.prepare("SELECT open_seq FROM run WHERE run = ?")
                    .first(run) { row throws(MintmarkError) in row.integer(0) }
                guard let first else { return [] }
                low = max(low, first)
            }
            if let unit, let known = try UnitTable(connection).unit(named: unit) {
                let window = try UnitWindow(connection, unit: known)
                (low, high) = (max(low, window.first), min(high, window.end))
            }
            // NULL switches a filter off.
            return try connection.prepare(
                """
                SELECT body FROM entry WHERE seq >= ?1 AND seq < ?2 AND (?3 IS NULL OR run = ?3)
                  AND (?4 IS NULL OR unit = ?4) AND (?5 IS NULL OR type = ?5) ORDER BY seq LIMIT ?6
                """
            ).all(low, high, run, unit, type?.rawValue, Int64(limit)) { row throws(MintmarkError) in
                try Entry(bytes: row.array(0))
            }
        }
    }

    /// All units, those seen first first.
    package func units() throws(MintmarkError) -> [UnitRecord] {
        try snapshot { connection throws(MintmarkError) in try UnitTable.all(connection) }
    }

    /// The unit with this DSN, hardware signature or MAC address, and every entry about it under any of its names. A
    /// burned DSN finds the unit it was on.
    package func unit(named name: String) throws(MintmarkError) -> UnitHistory? {
        try snapshot { connection throws(MintmarkError) in
            let units = try UnitTable(connection)
            var found = try units.unit(named: name)
            if found == nil {
                let burned = try connection.prepare("SELECT burned_on FROM dsn WHERE dsn = ?")
                    .first(name) { row throws(MintmarkError) in row.optionalText(0) }
                found = try burned.flatMap(\.self).flatMap { name throws(MintmarkError) in
                    try units.unit(hardware: name)
                }
            }
            guard let unit = found else { return nil }
            let window = try UnitWindow(connection, unit: unit)
            let entries = try connection.prepare(
                """
                SELECT body FROM entry WHERE seq >= ?4 AND seq < ?5
                  AND (unit IN (?1, ?2, ?3) OR unit IN (SELECT dsn FROM dsn WHERE burned_on = ?1)
                    OR run IN (SELECT run FROM run WHERE unit = ?1)) ORDER BY seq
                """
            ).all(unit.hardware, unit.dsn, unit.mac, window.first, window.end) { row throws(MintmarkError) in
                try Entry(bytes: row.array(0))
            }
            return UnitHistory(unit: try UnitTable.record(unit), entries: entries)
        }
    }

    /// Every DSN of the pool, in the order in which they came.
    package func dsns() throws(MintmarkError) -> [DSNRecord] {
        try snapshot { connection throws(MintmarkError) in try DSNTable.all(connection) }
    }

    /// Runs, the newest first, at most `limit`.
    package func runs(limit: Int = .max) throws(MintmarkError) -> [RunRecord] {
        try snapshot { connection throws(MintmarkError) in try RunTable.newest(connection, limit: limit) }
    }

    /// Registrations, the newest first, at most `limit`.
    package func registrations(limit: Int = .max) throws(MintmarkError) -> [RegistrationRecord] {
        try snapshot { connection throws(MintmarkError) in try OutboxTable.newest(connection, limit: limit) }
    }
}
