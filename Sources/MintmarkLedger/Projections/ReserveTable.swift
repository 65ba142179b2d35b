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

    init(_ connection: SQLConnection) throws(MintmarkError) {
        insert = try connection.prepare(
            "INSERT INTO reserve (intent_seq, request, model, count, state) VALUES (?,?,?,?,'open')")
        find = try connection.prepare("SELECT state FROM reserve WHERE request = ?")
        update = try connection.prepare("UPDATE reserve SET state = ? WHERE request = ?")
        open = try connection.prepare(
            "SELECT request, model, count FROM reserve WHERE state = 'open' ORDER BY intent_seq")
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

    func openReserves() throws(MintmarkError) -> [DSNReserveIntent] {
        try open.all { row throws(MintmarkError) in
            DSNReserveIntent(request: row.text(0), model: row.text(1), count: Int(row.integer(2)))
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
