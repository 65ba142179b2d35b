// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore
internal import MintmarkCrypto

/// The signed heads that the file holds.
final class HeadTable {
    private let insertHead: SQLStatement

    init(_ connection: SQLConnection) throws(MintmarkError) {
        insertHead = try connection.prepare("INSERT OR FAIL INTO head (size, note, t_us) VALUES (?,?,?)")
    }

    func add(_ head: SignedHead, at time: Int64) throws(MintmarkError) {
        try insertHead.run(head.checkpoint.size, head.note.description, time)
    }

    /// False in a file of version 1 that no writer of this version has opened.
    static func exists(_ connection: SQLConnection) throws(MintmarkError) -> Bool {
        try connection.integer("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'head'") != nil
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
