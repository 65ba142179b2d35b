// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

extension LedgerReader {
    /// Compares a manufacturing log with the runs of the ledger, both ways: every line must have its run and tell the
    /// same, every run must have its line.
    ///
    /// `filter` and `region` say which runs must have a line; a line may tell of any run, but of none in another region.
    /// A line whose status this ledger's station never writes, as `verify`, is counted and not compared.
    ///
    /// `read` reads the log and hands over its lines in their order; `tell` takes each finding as it is made: those of
    /// lines first, then runs without a line.
    ///
    /// - Throws: what `read` throws; `.ledgerFault`.
    package func checkManufacturingLog(
        region: CloudEnvironment.Region? = nil, _ filter: ExportFilter = .all,
        read: ((ManufacturingLogReader.Item) throws(MintmarkError) -> Void) throws(MintmarkError) -> Void,
        tell: @escaping (LogFinding) -> Void
    ) throws(MintmarkError) -> LogCheckReport {
        try snapshot { connection throws(MintmarkError) in
            try checkTables(connection)
            let kind = StationKind(rawValue: try LedgerFile.identify(connection, path: path).kind)
            var check = LogCheck(
                table: try LoggedRunTable(connection), region: region?.rawValue,
                index: LoggedRunIndex(statuses: kind?.statuses ?? ManufacturingRecord.Status.allCases),
                tell: tell)
            try check.loadRuns()
            try read { item throws(MintmarkError) in try check.take(item) }
            try check.finish(filter)
            return check.report
        }
    }
}
