// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore
package import MintmarkCrypto

/// Makes the audit report of a ledger, or of an exported bundle, from one state of it.
///
/// Memory does not grow with the log. Of a damaged file it tells what can still be read.
package struct LedgerAuditor {
    /// What the report does not take from the ledger.
    package struct Request: Sendable {
        package var period: Period
        /// Heads kept outside the factory, to prove the ledger against.
        package var outside: [OutsideHead]
        /// Keys of witnesses whose cosignatures are to be checked.
        package var witnesses: [NoteKey]
        /// Microseconds since 1970 UTC.
        package var now: Int64
        package var software: String
        /// Rows of each list at most; all are counted.
        package var rows: Int

        package init(
            period: Period = Period(), outside: [OutsideHead] = [], witnesses: [NoteKey] = [], now: Int64,
            software: String, rows: Int = 1000
        ) {
            self.period = period
            self.outside = outside
            self.witnesses = witnesses
            self.now = now
            self.software = software
            self.rows = rows
        }
    }

    private let reader: LedgerReader
    private let bundle: LedgerBundle?

    /// `path` is a ledger file or the folder of a bundle.
    ///
    /// - Throws: as `LedgerReader.init` and `LedgerBundle.init`; `.badInput` for a bundle without its tables.
    package init(at path: String) throws(MintmarkError) {
        guard LedgerBundle.isBundle(path) else {
            bundle = nil
            reader = try LedgerReader(at: path)
            return
        }
        bundle = try LedgerBundle(path)
        let tables = "\(path)/ledger.sqlite"
        guard FileSystem.exists(tables) else {
            throw MintmarkError(
                .badInput, "the bundle \(path) has no ledger.sqlite",
                next: "Get the whole bundle; without it `mintmark ledger verify` still checks the entries.")
        }
        reader = try LedgerReader(at: tables)
    }

    /// - Throws: `.ledgerFault` only when the file cannot be read at all; damage is what the report tells.
    package func report(_ request: Request) throws(MintmarkError) -> AuditReport {
        let listed = try bundle?.verify(against: request.outside)
        return try reader.snapshot { connection throws(MintmarkError) in
            var verification = try LedgerVerifier.verify(connection, path: reader.path, against: request.outside)
            if let listed, let bundle { compare(connection, bundle, listed, &verification) }
            return try report(request, connection, verification)
        }
    }

    /// The tables of a bundle count only as far as they are those of its entries.
    private func compare(
        _ connection: SQLConnection, _ bundle: LedgerBundle, _ listed: VerificationReport,
        _ verification: inout VerificationReport
    ) {
        for finding in listed.findings { verification.add(finding.sequence, "entries.jsonl: \(finding.what)") }
        do throws(MintmarkError) {
            if try LedgerReader.newestHead(connection)?.checkpoint != bundle.checkpoint?.checkpoint {
                verification.add(nil, "the checkpoint is not the newest head in ledger.sqlite")
            }
        } catch { verification.add(nil, "the newest head in ledger.sqlite cannot be read: \(error.what)") }
    }

    private func report(
        _ request: Request, _ connection: SQLConnection, _ verification: VerificationReport
    ) throws(MintmarkError) -> AuditReport {
        let identity = try LedgerFile.identify(connection, path: reader.path)
        let facts = AuditFacts(connection, reader: reader, request: request)
        var gaps: [String] = []
        func read<Part>(_ what: String, _ body: () throws(MintmarkError) -> Part) -> Part? {
            do throws(MintmarkError) { return try body() } catch {
                gaps.append("\(what): \(error.what)")
                return nil
            }
        }
        // What was read before an error stays.
        var events = AuditEvents()
        _ = read("overrides, burns, returns, clock steps and sandbox marks") { () throws(MintmarkError) in
            try events.read(connection, request.period, limit: request.rows)
        }
        var sandboxes = events.sandboxes
        _ = read("sandboxes") { () throws(MintmarkError) in try facts.addSandboxes(to: &sandboxes) }
        let head = read("signed heads") { () throws(MintmarkError) in try facts.head(keys: verification.keys) }
        let scope = read("scope") { () throws(MintmarkError) in try facts.scope() }
        let window = read("unanchored window") { () throws(MintmarkError) in
            try LedgerReader.unanchored(connection, now: request.now)
        }
        let account = read("DSNs") { () throws(MintmarkError) in try reader.account(connection) }
        let runs = read("runs") { () throws(MintmarkError) in try facts.runs() }
        let aside = read("units set aside") { () throws(MintmarkError) in try facts.aside() }
        return AuditReport(
            made: request.now, software: request.software,
            log: AuditReport.Log(
                id: identity.log, station: identity.station, kind: identity.kind,
                fileVersion: try connection.integer("PRAGMA user_version") ?? 0, entryVersion: Int64(Entry.version),
                sandboxes: sandboxes),
            scope: scope, verification: verification, head: head ?? nil, window: window, account: account, runs: runs,
            events: events, aside: aside, gaps: gaps)
    }
}
