// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// The pool: every DSN that came in, in exactly one state.
final class DSNTable {
    struct Place {
        var state: DSNRecord.State
        var reason: String?
        /// State before the quarantine; nil while there is none.
        var before: DSNRecord.State?
    }

    private static let columns = "dsn, model, public_key, state, unit, burned_on, reason, before"

    private let find: SQLStatement
    private let insert: SQLStatement
    private let assign: SQLStatement
    private let update: SQLStatement
    private let burn: SQLStatement
    private let found: SQLStatement
    private let lose: SQLStatement
    private let loseSetAside: SQLStatement
    private let record: SQLStatement
    private let free: SQLStatement
    private let freeSum: SQLStatement
    private let freeList: SQLStatement
    private let sums: SQLStatement

    init(_ connection: SQLConnection) throws(MintmarkError) {
        let columns = Self.columns
        find = try connection.prepare("SELECT state, reason, before FROM dsn WHERE dsn = ?")
        insert = try connection.prepare(
            """
            INSERT INTO dsn (first_seq, dsn, model, public_key, block, state, reason, before, last_seq)
            VALUES (?,?,?,?,?,?,?,?,?)
            """)
        assign = try connection.prepare("UPDATE dsn SET state = 'assigned', unit = ?, last_seq = ? WHERE dsn = ?")
        // Without `unit`: naming a column makes SQLite write its index again, changed or not.
        update = try connection.prepare(
            "UPDATE dsn SET state = ?, reason = ?, before = ?, last_seq = ? WHERE dsn = ?")
        burn = try connection.prepare(
            """
            UPDATE dsn SET state = 'burned', reason = ?1, before = NULL, burned_on = unit, unit = NULL, last_seq = ?2
            WHERE dsn = ?3
            """)
        found = try connection.prepare(
            "UPDATE dsn SET state = ?, reason = ?, before = ?, unit = ?, last_seq = ? WHERE dsn = ?")
        lose = try connection.prepare(
            """
            UPDATE dsn SET before = state, state = 'unknown', reason = ?, last_seq = ?
            WHERE state IN ('free', 'assigned')
            """)
        loseSetAside = try connection.prepare(
            "UPDATE dsn SET before = 'unknown' WHERE state = 'quarantined' AND before = 'free'")
        record = try connection.prepare("SELECT \(columns) FROM dsn WHERE dsn = ?")
        free = try connection.prepare(
            "SELECT \(columns) FROM dsn WHERE model = ? AND state = 'free' ORDER BY first_seq LIMIT 1")
        freeSum = try connection.prepare("SELECT count(*) FROM dsn WHERE model = ? AND state = 'free'")
        freeList = try connection.prepare(
            "SELECT dsn FROM dsn WHERE model = ? AND state = 'free' ORDER BY first_seq")
        sums = try connection.prepare("SELECT state, count(*) FROM dsn GROUP BY state")
    }

    /// Nil for a DSN that never was in the pool.
    func place(of dsn: DSN) throws(MintmarkError) -> Place? {
        try find.first(dsn.description) { row throws(MintmarkError) in
            Place(
                state: try row.choice(0), reason: row.optionalText(1),
                before: row.isNull(2) ? nil : try row.choice(2))
        }
    }

    /// - Throws: when the DSN is there already or its key is no base64; nothing is changed then.
    func add(_ reserved: DSNReserved, as start: Place, at sequence: Int64) throws(MintmarkError) {
        guard try place(of: reserved.dsn) == nil else {
            throw LedgerFault.misfit("DSN \(reserved.dsn) is in the pool already")
        }
        guard let key = Base64.decode(reserved.publicKey) else {
            throw LedgerFault.misfit("the public key of DSN \(reserved.dsn) is not base64")
        }
        try insert.run(
            sequence, reserved.dsn.description, reserved.model, key, reserved.block, start.state.rawValue, start.reason,
            start.before?.rawValue, sequence)
    }

    func assign(_ dsn: DSN, to unit: String, at sequence: Int64) throws(MintmarkError) {
        try assign.run(unit, sequence, dsn.description)
    }

    func move(_ dsn: DSN, to place: Place, at sequence: Int64) throws(MintmarkError) {
        try update.run(place.state.rawValue, place.reason, place.before?.rawValue, sequence, dsn.description)
    }

    /// The unit it was on is remembered beside; as its owner it is no more.
    func burn(_ dsn: DSN, because reason: String, at sequence: Int64) throws(MintmarkError) {
        try burn.run(reason, sequence, dsn.description)
    }

    /// unknown → what it is.
    func find(_ dsn: DSN, as place: Place, on unit: String?, at sequence: Int64) throws(MintmarkError) {
        try found.run(place.state.rawValue, place.reason, place.before?.rawValue, unit, sequence, dsn.description)
    }

    /// Whatever a lost end of the log may have used: free, assigned → unknown.
    func loseTrack(_ reason: String, at sequence: Int64) throws(MintmarkError) {
        try lose.run(reason, sequence)
        try loseSetAside.run()
    }

    func record(of dsn: DSN) throws(MintmarkError) -> DSNRecord? {
        try record.first(dsn.description) { row throws(MintmarkError) in try Self.record(row) }
    }

    func firstFree(model: String) throws(MintmarkError) -> DSNRecord? {
        try free.first(model) { row throws(MintmarkError) in try Self.record(row) }
    }

    func freeCount(model: String) throws(MintmarkError) -> Int {
        try freeSum.first(model) { row throws(MintmarkError) in Int(row.integer(0)) } ?? 0
    }

    func freeNames(model: String) throws(MintmarkError) -> [DSN] {
        try freeList.all(model) { row throws(MintmarkError) in try DSN(row.text(0)) }
    }

    func counts() throws(MintmarkError) -> [DSNRecord.State: Int] {
        var counts: [DSNRecord.State: Int] = [:]
        try sums.each { row throws(MintmarkError) in counts[try row.choice(0)] = Int(row.integer(1)) }
        return counts
    }

    /// The whole pool, in the order in which it came.
    static func all(_ connection: SQLConnection) throws(MintmarkError) -> [DSNRecord] {
        try connection.prepare("SELECT \(columns) FROM dsn ORDER BY first_seq").all { row throws(MintmarkError) in
            try record(row)
        }
    }

    private static func record(_ row: SQLRow) throws(MintmarkError) -> DSNRecord {
        DSNRecord(
            dsn: try DSN(row.text(0)), model: row.text(1), publicKey: row.array(2), state: try row.choice(3),
            unit: row.optionalText(4), burnedOn: row.optionalText(5), reason: row.optionalText(6),
            before: row.isNull(7) ? nil : try row.choice(7))
    }
}
