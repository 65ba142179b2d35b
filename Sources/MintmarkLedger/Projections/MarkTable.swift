// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// Small facts: archives taken in, counters, sandboxes met, keys that sign heads.
final class MarkTable {
    private let addArchive: SQLStatement
    private let findArchive: SQLStatement
    private let raise: SQLStatement
    private let value: SQLStatement
    private let addBase: SQLStatement
    private let skip: SQLStatement
    private let addSandbox: SQLStatement
    private let anySandbox: SQLStatement
    private let addKey: SQLStatement
    private let keys: SQLStatement

    init(_ connection: SQLConnection) throws(MintmarkError) {
        addArchive = try connection.prepare("INSERT INTO archive (sha256, seq) VALUES (?,?)")
        findArchive = try connection.prepare("SELECT 1 FROM archive WHERE sha256 = ?")
        raise = try connection.prepare(
            "INSERT INTO counter (name, value) VALUES (?,?) ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)"
        )
        // The nameless counter is where those begin that were not used yet.
        value = try connection.prepare(
            """
            SELECT coalesce((SELECT value FROM counter WHERE name = ?),
                (SELECT value FROM counter WHERE name = ''), 0)
            """)
        addBase = try connection.prepare("INSERT INTO counter (name, value) VALUES ('', 0) ON CONFLICT DO NOTHING")
        skip = try connection.prepare("UPDATE counter SET value = value + ?")
        addSandbox = try connection.prepare("INSERT INTO sandbox (host, seq) VALUES (?,?) ON CONFLICT DO NOTHING")
        anySandbox = try connection.prepare("SELECT 1 FROM sandbox LIMIT 1")
        addKey = try connection.prepare("INSERT INTO head_key (seq, vkey) VALUES (?,?)")
        keys = try connection.prepare("SELECT vkey FROM head_key ORDER BY seq")
    }

    func hasArchive(_ sha256: String) throws(MintmarkError) -> Bool {
        try findArchive.first(sha256) { row throws(MintmarkError) in true } ?? false
    }

    func addArchive(_ sha256: String, at sequence: Int64) throws(MintmarkError) {
        guard try !hasArchive(sha256) else { throw LedgerFault.misfit("archive \(sha256) was taken in before") }
        try addArchive.run(sha256, sequence)
    }

    /// 0 before the first use.
    func counter(_ name: String) throws(MintmarkError) -> Int {
        try value.first(name) { row throws(MintmarkError) in Int(row.integer(0)) } ?? 0
    }

    func raiseCounter(_ name: String, to number: Int) throws(MintmarkError) { try raise.run(name, Int64(number)) }

    /// Every counter goes on so much higher, also those that come later.
    func skipNumbers(_ count: Int) throws(MintmarkError) {
        try addBase.run()
        try skip.run(Int64(count))
    }

    func addSandbox(_ host: String, at sequence: Int64) throws(MintmarkError) { try addSandbox.run(host, sequence) }

    func hasSandbox() throws(MintmarkError) -> Bool {
        try anySandbox.first { row throws(MintmarkError) in true } ?? false
    }

    /// Keys that sign heads, the oldest first.
    func headKeys() throws(MintmarkError) -> [String] { try keys.all { row throws(MintmarkError) in row.text(0) } }

    func addHeadKey(_ body: KeyRotate, at sequence: Int64) throws(MintmarkError) {
        let known = try headKeys()
        guard !known.contains(body.vkey), body.replaces == known.last else {
            throw LedgerFault.misfit("the key \(body.vkey) does not follow the one before it")
        }
        try addKey.run(sequence, body.vkey)
    }
}
