// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// Requests for DSNs and how they ended.
final class ReserveTable {
    enum State: String { case open, reserved, refused, unknown }

    private let insert: SQLStatement
    private let find: SQLStatement
    private let update: SQLStatement
    private let open: SQLStatement
    private let lost: SQLStatement
    private let lostCount: SQLStatement
    private let lostRequests: SQLStatement

    init(_ connection: SQLConnection) throws(MintmarkError) {
        insert = try connection.prepare(
            "INSERT INTO reserve (intent_seq, request, model, count, state) VALUES (?,?,?,?,'open')")
        find = try connection.prepare("SELECT state FROM reserve WHERE request = ?")
        update = try connection.prepare("UPDATE reserve SET state = ? WHERE request = ?")
        open = try connection.prepare(
            "SELECT request, model, count FROM reserve WHERE state = 'open' ORDER BY intent_seq")
        lostRequests = try connection.prepare(
            """
            SELECT reserve.request, reserve.model, reserve.count, entry.body, log.id
            FROM reserve JOIN entry ON entry.seq = reserve.intent_seq JOIN log
            WHERE reserve.state = 'unknown' ORDER BY reserve.intent_seq
            """)
        lostCount = try connection.prepare("SELECT count FROM reserve WHERE request = ? AND state = 'unknown'")
        lost = try connection.prepare("SELECT coalesce(sum(count), 0) FROM reserve WHERE state = 'unknown'")
    }

    func add(_ intent: DSNReserveIntent, at sequence: Int64) throws(MintmarkError) {
        guard try state(intent.request) == nil else {
            throw LedgerFault.misfit("reserve \(intent.request) stands in the ledger already")
        }
        try insert.run(sequence, intent.request, intent.model, Int64(intent.count))
    }

    /// The open request that a DSN of this block is the first answer to; nil when there is nothing to note.
    func requestToFill(_ block: String) throws(MintmarkError) -> String? {
        switch try state(block) {
        case nil, .reserved: return nil
        case .open: return block
        case .refused, .unknown: throw LedgerFault.misfit("reserve \(block) ended without DSNs")
        }
    }

    /// - Throws: when the request is not open.
    func end(_ request: String, as state: State) throws(MintmarkError) {
        guard try self.state(request) == .open else { throw LedgerFault.misfit("reserve \(request) is not open") }
        try update.run(state.rawValue, request)
    }

    /// A lost one is accounted for: like one that was refused, it holds no DSNs of its own any more.
    ///
    /// - Throws: when its reply was not lost, or not with so many DSNs.
    func settle(_ request: String, count: Int) throws(MintmarkError) {
        let known = try lostCount.first(request) { row throws(MintmarkError) in Int(row.integer(0)) }
        guard known == count else {
            throw LedgerFault.misfit("no reserve \(request) of \(count) DSNs is unknown")
        }
        try update.run(State.refused.rawValue, request)
    }

    func openReserves() throws(MintmarkError) -> [DSNReserveIntent] {
        try open.all { row throws(MintmarkError) in
            DSNReserveIntent(request: row.text(0), model: row.text(1), count: Int(row.integer(2)))
        }
    }

    /// Requests whose reply was lost.
    func lostReserves() throws(MintmarkError) -> [LostReserve] {
        try lostRequests.all { row throws(MintmarkError) in
            let intent = try Entry(bytes: row.array(3)).stamp
            let asked = ClockReading(boot: intent.boot, monotonic: intent.monotonic, wall: intent.time)
            return LostReserve(
                request: row.text(0), model: row.text(1), count: Int(row.integer(2)),
                asked: intent.log == row.text(4) ? asked : nil)
        }
    }

    /// DSNs that lost replies may have reserved.
    func unknownCount() throws(MintmarkError) -> Int {
        try lost.first { row throws(MintmarkError) in Int(row.integer(0)) } ?? 0
    }

    private func state(_ request: String) throws(MintmarkError) -> State? {
        try find.first(request) { row throws(MintmarkError) in try row.choice(0) }
    }
}
