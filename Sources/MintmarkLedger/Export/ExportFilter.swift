// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// The part of a ledger that an export takes. Whatever is given must hold.
package struct ExportFilter: Sendable, Equatable {
    /// A run counts by its begin, an entry by its own time.
    package var period: Period
    package var batch: String?
    package var dsn: DSN?
    /// Of a run; of a unit, that of its last run.
    package var outcome: Outcome?

    package init(
        period: Period = Period(), batch: String? = nil, dsn: DSN? = nil, outcome: Outcome? = nil
    ) {
        self.period = period
        self.batch = batch
        self.dsn = dsn
        self.outcome = outcome
    }

    /// The whole ledger.
    package static let all = ExportFilter()

    // The conditions name the filter's parts ?1 to ?5, in the order of `bound`. NULL switches one off.

    private static let period = Period.condition("run.open_us")
    private static let batch = "(?3 IS NULL OR run.batch = ?3)"

    /// For `run`, with the run's `unit` joined.
    static let runs = """
        \(period) AND \(batch) AND (?4 IS NULL OR unit.dsn = ?4) AND (?5 IS NULL OR run.outcome = ?5)
        """

    /// For `unit`: one of its runs is in the period and in the batch.
    static let units = """
        (?4 IS NULL OR unit.dsn = ?4) AND (?5 IS NULL OR unit.outcome = ?5)
        AND (coalesce(?1, ?2, ?3) IS NULL OR unit.hardware IN (SELECT run.unit FROM run WHERE \(period) AND \(batch)))
        """

    /// Visits the rows of a statement that has one of the conditions in it, or nothing of them when the filter is empty.
    func each(
        _ statement: SQLStatement, _ visit: (SQLRow) throws(MintmarkError) -> Void
    ) throws(MintmarkError) {
        if self == .all { return try statement.each(visit: visit) }
        try statement.each(period.since, period.until, batch, dsn?.description, outcome?.rawValue, visit: visit)
    }

    /// `WHERE condition`, nothing for an empty filter.
    func `where`(_ condition: String) -> String { self == .all ? "" : "WHERE \(condition)" }
}
