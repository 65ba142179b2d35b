// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// The part of the log that may speak of a unit: from its first run or entry to its last.
struct UnitWindow {
    let first: Int64
    /// One behind the last entry; the end of the log while a run on the unit is open.
    let end: Int64

    init(_ connection: SQLConnection, unit: UnitTable.Unit) throws(MintmarkError) {
        let bounds = try connection.prepare(
            """
            SELECT min(low), max(high) FROM (
              SELECT first_seq AS low, last_seq AS high FROM unit WHERE hardware = ?1
              UNION ALL SELECT open_seq, coalesce(result_seq, ?3) FROM run WHERE unit = ?1
              UNION ALL SELECT intent_seq, last_seq FROM outbox WHERE dsn = ?2
              UNION ALL SELECT first_seq, last_seq FROM dsn WHERE dsn = ?2
              UNION ALL SELECT first_seq, last_seq FROM dsn WHERE burned_on = ?1)
            """
        ).first(unit.hardware, unit.dsn, Int64.max - 1) { row throws(MintmarkError) in (row.integer(0), row.integer(1))
        }
        (first, end) = (bounds?.0 ?? 0, (bounds?.1 ?? Int64.max - 1) + 1)
    }
}
