// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// Whether a person vouches for the machine's clock, and up to when the log goes.
final class ClockTable {
    private let confirm: SQLStatement
    private let forget: SQLStatement
    private let confirmed: SQLStatement
    private let last: SQLStatement

    init(_ connection: SQLConnection) throws(MintmarkError) {
        confirm = try connection.prepare("INSERT INTO clock (boot, seq) VALUES (?,?)")
        forget = try connection.prepare("DELETE FROM clock")
        confirmed = try connection.prepare("SELECT 1 FROM clock WHERE boot = ?")
        last = try connection.prepare("SELECT t_us FROM entry ORDER BY seq DESC LIMIT 1")
    }

    func confirm(in boot: String, at sequence: Int64) throws(MintmarkError) {
        try forget.run()
        try confirm.run(boot, sequence)
    }

    /// The clock was set: what a person said of it is about another time.
    func doubt() throws(MintmarkError) { try forget.run() }

    func isConfirmed(in boot: String) throws(MintmarkError) -> Bool {
        try confirmed.first(boot) { row throws(MintmarkError) in true } ?? false
    }

    /// Time of the last entry, microseconds since 1970 UTC.
    func lastTime() throws(MintmarkError) -> Int64 {
        try last.first { row throws(MintmarkError) in row.integer(0) } ?? 0
    }
}
