// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore
internal import MintmarkCrypto

/// The parts of a report that one question each answers.
struct AuditFacts {
    private let connection: SQLConnection
    private let reader: LedgerReader
    private let request: LedgerAuditor.Request

    init(_ connection: SQLConnection, reader: LedgerReader, request: LedgerAuditor.Request) {
        self.connection = connection
        self.reader = reader
        self.request = request
    }

    func scope() throws(MintmarkError) -> AuditReport.Scope {
        let period = request.period
        let found = try connection.prepare(
            """
            SELECT count(*), min(seq), max(seq), min(t_us), max(t_us) FROM entry
            WHERE \(Period.condition("t_us"))
            """
        ).first(period.since, period.until) { row throws(MintmarkError) in
            AuditReport.Scope(
                period: period, entries: row.integer(0), first: row.optionalInteger(1), last: row.optionalInteger(2),
                firstTime: row.optionalInteger(3), lastTime: row.optionalInteger(4))
        }
        guard let found else { throw LedgerFault.make("the entries cannot be counted") }
        return found
    }

    /// Nil when none was signed. `keys` are those that the log introduced.
    func head(keys: [String]) throws(MintmarkError) -> AuditReport.Head? {
        guard let head = try LedgerReader.newestHead(connection) else { return nil }
        let known = try keys.map { text throws(MintmarkError) in try NoteKey(parsing: text) }
        let time = try connection.prepare("SELECT t_us FROM head WHERE size = ?")
            .first(head.checkpoint.size) { row throws(MintmarkError) in row.integer(0) }
        return AuditReport.Head(
            size: head.checkpoint.size, root: Hex.encode(head.checkpoint.root), signed: time ?? 0,
            signatures: head.note.signatures.map { line in
                let alone = SignedNote(text: head.note.text, signatures: [line])
                let witnessed = request.witnesses.lazy.compactMap { Cosignature.time(in: alone, by: $0) }.first
                let check: AuditReport.Signature.Check =
                    known.contains { alone.isSigned(by: $0) } ? .log : witnessed != nil ? .witness : .unchecked
                return AuditReport.Signature(
                    name: line.name, keyID: Hex.encode(line.keyID), check: check, time: witnessed)
            })
    }

    func runs() throws(MintmarkError) -> AuditReport.Runs {
        try reader.checkTables(connection)
        var runs = AuditReport.Runs()
        try connection.prepare(
            """
            SELECT outcome, dry_run, count(*) FROM run WHERE \(Period.condition("open_us"))
            GROUP BY outcome, dry_run
            """
        ).each(request.period.since, request.period.until) { row throws(MintmarkError) in
            guard !row.isNull(0) else {
                runs.open += row.integer(2)
                return
            }
            let outcome: Outcome = try row.choice(0)
            if row.integer(1) == 0 {
                runs.counts[outcome] = row.integer(2)
            } else {
                runs.dryRuns[outcome] = row.integer(2)
            }
        }
        return runs
    }

    func aside() throws(MintmarkError) -> AuditList<AuditReport.Aside> {
        try reader.checkTables(connection)
        var list = AuditList<AuditReport.Aside>()
        try connection.prepare(
            """
            SELECT coalesce(unit.dsn, unit.hardware), unit.reason, unit.last_seq, entry.t_us, unit.interrupted
            FROM unit LEFT JOIN entry ON entry.seq = unit.last_seq WHERE unit.reason IS NOT NULL ORDER BY unit.first_seq
            """
        ).each { row throws(MintmarkError) in
            list.add(
                AuditReport.Aside(
                    unit: row.text(0), reason: row.text(1), isInterrupted: row.integer(4) != 0, entry: row.integer(2),
                    time: row.optionalInteger(3)),
                limit: request.rows)
        }
        return list
    }

    /// Those that stand in the tables, in case an entry that told of one cannot be read any more.
    func addSandboxes(to hosts: inout [String]) throws(MintmarkError) {
        guard try LedgerFile.identify(connection, path: reader.path).hasOurTables else { return }
        let known = try connection.prepare("SELECT host FROM sandbox ORDER BY seq LIMIT ?")
            .all(Int64(AuditEvents.sandboxLimit)) { row throws(MintmarkError) in row.text(0) }
        for host in known where !hosts.contains(host) && hosts.count < AuditEvents.sandboxLimit { hosts.append(host) }
    }
}
