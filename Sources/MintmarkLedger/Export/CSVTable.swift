// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// A table that is exported as CSV (RFC 4180). Columns are a promise to scripts: new ones come last.
package enum CSVTable: String, Sendable, CaseIterable {
    case units, runs

    /// One line for docs/reference.
    package var meaning: String {
        switch self {
        case .units: "Units, those seen first first."
        case .runs: "Runs, in the order in which they began."
        }
    }

    /// The column whose value no two rows share.
    package var key: String {
        switch self {
        case .units: "hardware"
        case .runs: "run"
        }
    }

    package var columns: [CSVColumn] {
        switch self {
        case .units:
            [
                CSVColumn("hardware", .text, "hardware signature, else MAC address"),
                CSVColumn("mac", CSVColumn.mac, "12 lower-case hex digits"),
                CSVColumn("hwsig", .text, optional: true, "hardware signature"),
                CSVColumn("dsn", CSVColumn.dsn, optional: true, "the unit's DSN"),
                CSVColumn("mfg_sn", .text, optional: true, "manufacturer's serial number"),
                CSVColumn(
                    "dsn_state", CSVColumn.words(DSNRecord.State.self), optional: true,
                    "where the DSN stands, for one of this station's pool"),
                CSVColumn("runs", .integer, "runs that ended"),
                CSVColumn("outcome", CSVColumn.words(Outcome.self), optional: true, "of the last run that ended"),
                CSVColumn(
                    "badge", CSVColumn.words(UnitRecord.Badge.self),
                    "none, queued, unknown, registered, refused, quarantined"),
                CSVColumn("quarantine", .text, optional: true, "why the unit is set aside"),
                CSVColumn("first_seq", .integer, "entry that named the unit first"),
                CSVColumn("last_seq", .integer, "last entry that changed it"),
            ]
        case .runs:
            [
                CSVColumn("run", CSVColumn.uuid, "UUIDv7"),
                CSVColumn("opened", .time, "begin, UTC, ISO 8601 with milliseconds"),
                CSVColumn("slot", .text, optional: true, "where"),
                CSVColumn("kind", CSVColumn.words(StationKind.self), "label, config or verify"),
                CSVColumn("region", CSVColumn.words(CloudEnvironment.Region.self), "us, cn or eu"),
                CSVColumn("dry_run", .flag, "1: nothing was saved"),
                CSVColumn("actor", .text, "who"),
                CSVColumn("batch", .text, optional: true, "batch id"),
                CSVColumn("hardware", .text, optional: true, "hardware signature, else MAC address"),
                CSVColumn("mac", CSVColumn.mac, optional: true, "12 lower-case hex digits"),
                CSVColumn("dsn", CSVColumn.dsn, optional: true, "the unit's DSN"),
                CSVColumn(
                    "outcome", CSVColumn.words(Outcome.self), optional: true, "empty: the run has not ended"),
                CSVColumn("error", .text, optional: true, "stable name of the failure"),
                CSVColumn("took_us", .integer, optional: true, "duration in microseconds"),
                CSVColumn("open_seq", .integer, "entry run.open"),
                CSVColumn("result_seq", .integer, optional: true, "entry run.result"),
            ]
        }
    }

    func sql(_ filter: ExportFilter) -> String {
        switch self {
        case .units:
            """
            SELECT unit.hardware, unit.mac, unit.hwsig, unit.dsn, unit.mfg_sn, dsn.state, unit.runs, unit.outcome,
                unit.badge, unit.reason, unit.first_seq, unit.last_seq
            FROM unit LEFT JOIN dsn ON dsn.dsn = unit.dsn \(filter.where(ExportFilter.units)) ORDER BY unit.first_seq
            """
        case .runs:
            """
            SELECT run.run, strftime('%Y-%m-%dT%H:%M:%fZ', run.open_us / 1e6, 'unixepoch'), run.slot, run.kind,
                run.region, run.dry_run, run.actor, run.batch, coalesce(unit.hardware, run.unit), unit.mac, unit.dsn,
                run.outcome, run.error, run.took_us, run.open_seq, run.result_seq
            FROM run LEFT JOIN unit ON unit.hardware = run.unit \(filter.where(ExportFilter.runs))
            ORDER BY run.open_seq
            """
        }
    }
}
