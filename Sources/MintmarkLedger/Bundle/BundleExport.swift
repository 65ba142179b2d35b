// SPDX-License-Identifier: Apache-2.0
internal import GRDB
internal import Glibc
package import MintmarkCore
internal import MintmarkCrypto

extension LedgerReader {
    /// Writes everything that an auditor needs, as one folder that stands under its name only when it is whole.
    ///
    /// It covers the entries under the newest signed head, not what stands behind it.
    ///
    /// - Returns: how many entries.
    /// - Throws: `.badInput` when the folder exists or no head was ever signed; `.ledgerFault`, `.diskFull`.
    @discardableResult
    package func exportBundle(to folder: String) throws(MintmarkError) -> Int64 {
        guard !FileSystem.exists(folder) else {
            throw MintmarkError(.badInput, "\(folder) exists already", next: "Choose another name.")
        }
        let making = "\(folder).\(getpid())\(ExportFile.partialSuffix)"
        try FileSystem.makeFolders(making)
        do {
            let size = try fill(making)
            try FileSystem.syncAll(making)
            try FileSystem.call("rename", folder) { rename(making, folder) }
            try FileSystem.syncFolder(FileSystem.folder(of: folder))
            return size
        } catch {
            // The error that stopped the export is the one to tell.
            try? FileSystem.removeTree(making)
            throw error
        }
    }

    private func fill(_ folder: String) throws(MintmarkError) -> Int64 {
        try vacuum(into: "\(folder)/ledger.sqlite")
        // From the copy: it stands still while the station goes on.
        let copy = try LedgerReader(at: "\(folder)/ledger.sqlite")
        for table in CSVTable.allCases { try copy.exportCSV(table, to: "\(folder)/\(table.rawValue).csv") }
        let size = try copy.snapshot { connection throws(MintmarkError) in
            guard let head = try Self.newestHead(connection) else { throw SignedHead.missing }
            let (log, size) = (try LedgerFile.identify(connection, path: path).log, head.checkpoint.size)
            try ExportFile.write(head.note.description, to: "\(folder)/checkpoint")
            try Self.writeEntries(connection, size, folder)
            try Self.writeHeads(connection, folder)
            try Self.writeKeys(connection, log, folder)
            try Self.writeProofs(connection, head, folder)
            return size
        }
        try ExportFile.write(PackageResources.verify_py, to: "\(folder)/verify.py")
        try ExportFile.write(PackageResources.HOWTO_VERIFY_txt, to: "\(folder)/HOWTO-VERIFY.txt")
        try Self.writeSums(folder)
        return size
    }

    /// A copy in one file, in rollback mode: it opens on a read-only disk.
    private func vacuum(into copy: String) throws(MintmarkError) {
        do {
            let queue = try LedgerFile.openQueue(path, readOnly: true)
            try queue.inDatabase { database in
                let connection = try SQLConnection(database)
                try connection.prepare("VACUUM INTO ?").run(copy)
            }
            try queue.close()
        } catch { throw LedgerFault.wrap(error, doing: "copying \(path)") }
    }

    private static func writeEntries(
        _ connection: SQLConnection, _ size: Int64, _ folder: String
    ) throws(MintmarkError) {
        let file = try ExportFile("\(folder)/entries.jsonl")
        var tiles = TileWriter(folder)
        let hasher = MerkleHasher()
        try connection.prepare("SELECT body FROM entry WHERE seq < ? ORDER BY seq").each(size) {
            row throws(MintmarkError) in
            let body = row.bytes(0)
            try file.append { buffer in
                buffer.append(contentsOf: body)
                buffer.append(UInt8(ascii: "\n"))
            }
            try tiles.append(body, leaf: hasher.leaf(body))
        }
        try tiles.finish()
        try file.finish()
    }

    private static func writeHeads(_ connection: SQLConnection, _ folder: String) throws(MintmarkError) {
        let file = try ExportFile("\(folder)/heads.txt")
        try connection.prepare("SELECT note FROM head ORDER BY size").each { row throws(MintmarkError) in
            let head = try HeadTable.cosigned(SignedHead(parsing: row.text(0)), connection)
            try file.append((head.note.description + "\n").utf8)
        }
        try file.finish()
    }

    /// `keys/log.pem` is the newest; `.vkey` names every key that ever signed.
    private static func writeKeys(
        _ connection: SQLConnection, _ log: String, _ folder: String
    ) throws(MintmarkError) {
        try FileSystem.makeFolders("\(folder)/keys")
        let keys = try Projections(connection).marks.headKeys()
        for (index, text) in keys.enumerated() {
            let pem = try NoteKey(parsing: text).publicKey.pem()
            try ExportFile.write(text + "\n", to: "\(folder)/keys/log-\(index + 1).vkey")
            for name in ["log-\(index + 1)", "log"] { try ExportFile.write(pem, to: "\(folder)/keys/\(name).pem") }
        }
    }

    /// For each unit with a DSN, the entry of its last run that ended.
    private static func writeProofs(
        _ connection: SQLConnection, _ head: SignedHead, _ folder: String
    ) throws(MintmarkError) {
        try FileSystem.makeFolders("\(folder)/proofs")
        let proofs = try TreeProofs(connection)
        let body = try connection.prepare("SELECT body FROM entry WHERE seq = ?")
        let last = try connection.prepare(
            """
            SELECT unit.dsn, max(run.result_seq) FROM unit JOIN run ON run.unit = unit.hardware
            WHERE unit.dsn IS NOT NULL AND run.result_seq < ? GROUP BY unit.dsn
            """)
        try last.each(head.checkpoint.size) { row throws(MintmarkError) in
            let index = row.integer(1)
            guard let entry = try body.first(index, read: { row throws(MintmarkError) in row.array(0) }) else {
                throw LedgerFault.make("entry \(index) is missing")
            }
            let proof = LogProof(
                entry: entry, index: index, path: try proofs.inclusion(of: index, in: head.checkpoint.size), head: head)
            try ExportFile.write(proof.description, to: "\(folder)/proofs/\(row.text(0)).tlog-proof")
        }
    }

    private static func writeSums(_ folder: String) throws(MintmarkError) {
        var lines = ""
        for name in try FileSystem.files(in: folder) {
            lines += "\(Hex.encode(try SHA256.hashFile("\(folder)/\(name)")))  \(name)\n"
        }
        try ExportFile.write(lines, to: "\(folder)/SHA256SUMS")
    }
}
