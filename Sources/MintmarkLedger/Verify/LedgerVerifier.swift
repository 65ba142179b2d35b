// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// Checks a ledger from its bytes alone, beside a running writer if need be.
///
/// Every entry is hashed again and compared with its leaf; numbers are dense; every stored root and node is the
/// tree's; the columns beside an entry say what it says; the projections are what a replay gives.
package struct LedgerVerifier: Sendable {
    private let reader: LedgerReader

    /// - Throws: as `LedgerReader.init`.
    package init(at path: String) throws(MintmarkError) { reader = try LedgerReader(at: path) }

    /// `replays` also rebuilds the projections in a temporary database, which takes several times as long. `outside` are
    /// heads kept outside the factory: only against one of them anything is proven.
    ///
    /// - Throws: `.ledgerFault` only when the file cannot be read at all; damage is what the report tells.
    package func verify(replays: Bool = true, against outside: [OutsideHead] = []) throws(MintmarkError)
        -> VerificationReport
    {
        try reader.snapshot { connection throws(MintmarkError) in
            try Self.verify(connection, path: reader.path, replays: replays, against: outside)
        }
    }

    static func verify(
        _ connection: SQLConnection, path: String, replays: Bool = true, against outside: [OutsideHead]
    ) throws(MintmarkError) -> VerificationReport {
        let identity = try LedgerFile.identify(connection, path: path)
        var report = VerificationReport(log: identity.log, station: identity.station)
        var walk = try LogWalk(connection, log: identity.log, outside: outside)
        try walk.run(&report)
        guard replays, identity.hasOurTables else { return report }
        if report.isIntact {
            report.projections = .equal
            do throws(MintmarkError) { try ProjectionCheck.run(connection, &report) } catch {
                // Damage of the file is a finding; that there is no room to replay in is not.
                guard connection.fault != nil else { throw error }
                report.projections = .different
                report.add(nil, "the projections cannot be read: \(error.what)")
            }
        } else {
            report.add(nil, "the projections were not checked: they follow from entries that are damaged")
        }
        return report
    }
}
