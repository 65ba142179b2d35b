// SPDX-License-Identifier: Apache-2.0

/// A table that is exported as CSV (RFC 4180). Columns are a promise to scripts: new ones come last.
package enum CSVTable: String, Sendable, CaseIterable {
    case units, runs

    /// Name and meaning, for docs/reference.
    package var columns: [(name: String, meaning: String, isInteger: Bool)] {
        names.map { ($0.name, $0.meaning, Self.integers.contains($0.name)) }
    }

    private var names: [(name: String, meaning: String)] {
        switch self {
        case .units:
            [
                ("hardware", "hardware signature, else MAC address"), ("mac", "12 lower-case hex digits"),
                ("hwsig", "hardware signature"), ("dsn", "the unit's DSN"), ("mfg_sn", "manufacturer's serial number"),
                ("dsn_state", "where the DSN stands, for one of this station's pool"),
                ("runs", "runs that ended"), ("outcome", "of the last run that ended"),
                ("badge", "none, queued, unknown, registered, refused, quarantined"),
                ("quarantine", "why the unit is set aside"), ("first_seq", "entry that named the unit first"),
                ("last_seq", "last entry that changed it"),
            ]
        case .runs:
            [
                ("run", "UUIDv7"), ("opened", "begin, UTC, ISO 8601 with milliseconds"), ("slot", "where"),
                ("kind", "label or config"), ("region", "us, cn or eu"), ("dry_run", "1: nothing was saved"),
                ("actor", "who"), ("batch", "batch id"), ("hardware", "hardware signature, else MAC address"),
                ("mac", "12 lower-case hex digits"), ("dsn", "the unit's DSN"),
                ("outcome", "empty: the run has not ended"), ("error", "stable name of the failure"),
                ("took_us", "duration in microseconds"), ("open_seq", "entry run.open"),
                ("result_seq", "entry run.result"),
            ]
        }
    }

    /// Columns that hold whole numbers; all others are text.
    private static let integers: Set = [
        "runs", "first_seq", "last_seq", "dry_run", "took_us", "open_seq", "result_seq",
    ]

    var sql: String {
        switch self {
        case .units:
            """
            SELECT unit.hardware, unit.mac, unit.hwsig, unit.dsn, unit.mfg_sn, dsn.state, unit.runs, unit.outcome,
                unit.badge, unit.reason, unit.first_seq, unit.last_seq
            FROM unit LEFT JOIN dsn ON dsn.dsn = unit.dsn ORDER BY unit.first_seq
            """
        case .runs:
            """
            SELECT run.run, strftime('%Y-%m-%dT%H:%M:%fZ', run.open_us / 1e6, 'unixepoch'), run.slot, run.kind,
                run.region, run.dry_run, run.actor, run.batch, coalesce(unit.hardware, run.unit), unit.mac, unit.dsn,
                run.outcome, run.error, run.took_us, run.open_seq, run.result_seq
            FROM run LEFT JOIN unit ON unit.hardware = run.unit ORDER BY run.open_seq
            """
        }
    }
}
