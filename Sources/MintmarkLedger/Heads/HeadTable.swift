// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore
internal import MintmarkCrypto

/// The signed heads that the file holds.
final class HeadTable {
    private let insertHead: SQLStatement
    private let insertCosignature: SQLStatement

    init(_ connection: SQLConnection) throws(MintmarkError) {
        insertHead = try connection.prepare("INSERT OR FAIL INTO head (size, note, t_us) VALUES (?,?,?)")
        insertCosignature = try connection.prepare(
            "INSERT INTO cosig (size, name, line, t_us) VALUES (?,?,?,?) ON CONFLICT DO NOTHING")
    }

    func add(_ head: SignedHead, at time: Int64) throws(MintmarkError) {
        try insertHead.run(head.checkpoint.size, head.note.description, time)
    }

    /// False in a file of version 1 that no writer of this version has opened.
    static func exists(_ connection: SQLConnection) throws(MintmarkError) -> Bool {
        try connection.integer("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'head'") != nil
    }

    /// The first cosignature by a witness of each head is kept.
    func add(_ cosignature: SignedNote.Signature, of size: Int64, at time: Int64) throws(MintmarkError) {
        try insertCosignature.run(size, cosignature.name, String(cosignature.line.dropLast()), time)
    }

    static func newest(_ connection: SQLConnection) throws(MintmarkError) -> SignedHead? {
        let text = try connection.text("SELECT note FROM head ORDER BY size DESC LIMIT 1")
        return try text.map { text throws(MintmarkError) in try SignedHead(parsing: text) }
    }

    /// The head with the lines of its witnesses.
    static func cosigned(_ head: SignedHead, _ connection: SQLConnection) throws(MintmarkError) -> SignedHead {
        let lines = try connection.prepare("SELECT line FROM cosig WHERE size = ? ORDER BY name").all(
            head.checkpoint.size
        ) { row throws(MintmarkError) in row.text(0) }
        var note = head.note
        for line in lines { note.add(try SignedNote.Signature(parsing: line[...])) }
        return try SignedHead(note)
    }
}
