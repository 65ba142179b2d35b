// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// Registrations and what is known of them.
final class OutboxTable {
    enum State: String {
        case queued, unknown, registered, refused, quarantined

        var isPending: Bool {
            switch self {
            case .queued, .unknown: true
            case .registered, .refused, .quarantined: false
            }
        }
    }

    /// A registration is dated as its run is.
    private static let registrations = """
        SELECT outbox.request, outbox.state = 'unknown', entry.body, coalesce(run.unsure, 0), run.dated_s
        FROM outbox JOIN entry ON entry.seq = outbox.intent_seq LEFT JOIN run ON run.run = entry.run
        """

    private let insert: SQLStatement
    private let find: SQLStatement
    private let findPending: SQLStatement
    private let update: SQLStatement
    private let pending: SQLStatement
    private let unsure: SQLStatement
    private let onePending: SQLStatement
    private let last: SQLStatement
    private let oldest: SQLStatement
    private let refused: SQLStatement

    init(_ connection: SQLConnection) throws(MintmarkError) {
        insert = try connection.prepare(
            "INSERT INTO outbox (intent_seq, request, dsn, state, last_seq) VALUES (?,?,?,'queued',?)")
        find = try connection.prepare("SELECT dsn, state FROM outbox WHERE request = ?")
        findPending = try connection.prepare(
            "SELECT request FROM outbox WHERE dsn = ? AND state IN ('queued', 'unknown')")
        update = try connection.prepare("UPDATE outbox SET state = ?, last_seq = ? WHERE request = ?")
        pending = try connection.prepare(
            """
            \(Self.registrations)
            WHERE outbox.state IN ('queued', 'unknown') ORDER BY outbox.intent_seq
            """)
        unsure = try connection.prepare(
            """
            \(Self.registrations)
            WHERE outbox.state IN ('queued', 'unknown') AND run.unsure = 1 ORDER BY outbox.intent_seq
            """)
        onePending = try connection.prepare(
            """
            \(Self.registrations)
            WHERE outbox.request = ? AND outbox.state IN ('queued', 'unknown')
            """)
        last = try connection.prepare(
            """
            \(Self.registrations)
            WHERE outbox.dsn = ? ORDER BY outbox.intent_seq DESC LIMIT 1
            """)
        // The time of an entry is never before that of an earlier one, so the first intent is the oldest.
        oldest = try connection.prepare(
            """
            SELECT waiting.count, outbox.dsn, entry.t_us
            FROM (SELECT count(*) AS count, min(intent_seq) AS first FROM outbox WHERE state IN ('queued', 'unknown'))
              AS waiting
            JOIN outbox ON outbox.intent_seq = waiting.first JOIN entry ON entry.seq = waiting.first
            """)
        refused = try connection.prepare(
            """
            \(Self.registrations)
            WHERE outbox.state = 'refused' AND NOT EXISTS
              (SELECT 1 FROM outbox AS later WHERE later.dsn = outbox.dsn AND later.intent_seq > outbox.intent_seq)
            ORDER BY outbox.intent_seq
            """)
    }

    func add(_ intent: RegisterIntent, at sequence: Int64) throws(MintmarkError) {
        let dsn = intent.registration.dsn
        if let other = try pendingRequest(of: dsn) {
            throw LedgerFault.misfit("unit \(dsn) is being registered already (request \(other))")
        }
        guard try state(intent.request) == nil else {
            throw LedgerFault.misfit("registration \(intent.request) stands in the ledger already")
        }
        try insert.run(sequence, intent.request, dsn.description, sequence)
    }

    /// The registration of this DSN that has no final badge; nil when there is none.
    func pendingRequest(of dsn: DSN) throws(MintmarkError) -> String? {
        try findPending.first(dsn.description) { row throws(MintmarkError) in row.text(0) }
    }

    /// - Throws: when the request is not pending, or is about another unit.
    func checkPending(_ request: String, of dsn: DSN) throws(MintmarkError) {
        guard let known = try self.state(request), known.dsn == dsn.description, known.state.isPending else {
            throw LedgerFault.misfit("registration \(request) of unit \(dsn) is not open")
        }
    }

    func move(_ request: String, to state: State, at sequence: Int64) throws(MintmarkError) {
        try update.run(state.rawValue, sequence, request)
    }

    func pendingRegistrations() throws(MintmarkError) -> [PendingRegistration] {
        try pending.all { row throws(MintmarkError) in try Self.registration(row) }
    }

    func unsureRegistrations() throws(MintmarkError) -> [PendingRegistration] {
        try unsure.all { row throws(MintmarkError) in try Self.registration(row) }
    }

    func pendingRegistration(_ request: String) throws(MintmarkError) -> PendingRegistration? {
        try onePending.first(request) { row throws(MintmarkError) in try Self.registration(row) }
    }

    func lastRegistration(of dsn: DSN) throws(MintmarkError) -> PendingRegistration? {
        try last.first(dsn.description) { row throws(MintmarkError) in try Self.registration(row) }
    }

    func refusedRegistrations() throws(MintmarkError) -> [PendingRegistration] {
        try refused.all { row throws(MintmarkError) in try Self.registration(row) }
    }

    func waiting() throws(MintmarkError) -> WaitingRegistrations {
        try oldest.first { row throws(MintmarkError) in
            WaitingRegistrations(count: Int(row.integer(0)), oldest: try DSN(row.text(1)), since: row.integer(2))
        } ?? WaitingRegistrations(count: 0)
    }

    private static func registration(_ row: SQLRow) throws(MintmarkError) -> PendingRegistration {
        let entry = try Entry(bytes: row.array(2))
        var registration = try entry.payload(RegisterIntent.self).registration
        registration.domAt = row.optionalInteger(4) ?? registration.domAt
        return PendingRegistration(
            request: row.text(0), registration: registration, isUnknown: row.integer(1) != 0,
            intent: entry.stamp.sequence, since: entry.stamp.time, context: entry.context,
            isDateUnsure: row.integer(3) != 0)
    }

    private func state(_ request: String) throws(MintmarkError) -> (dsn: String, state: State)? {
        try find.first(request) { row throws(MintmarkError) in (row.text(0), try row.choice(1)) }
    }

    static func newest(_ connection: SQLConnection, limit: Int) throws(MintmarkError) -> [RegistrationRecord] {
        try connection.prepare(
            "SELECT request, dsn, state, intent_seq, last_seq FROM outbox ORDER BY intent_seq DESC LIMIT ?"
        ).all(Int64(limit)) { row throws(MintmarkError) in
            RegistrationRecord(
                request: row.text(0), dsn: try DSN(row.text(1)), badge: try row.choice(2), intent: row.integer(3),
                last: row.integer(4))
        }
    }
}
