// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore
package import MintmarkCrypto

/// An exported bundle, being verified: its entries against its heads and against heads from outside.
package struct LedgerBundle {
    private let folder: String
    let checkpoint: SignedHead
    private let heads: [SignedHead]

    /// Whether this is a folder with the parts of a bundle.
    package static func isBundle(_ path: String) -> Bool {
        FileSystem.exists("\(path)/entries.jsonl") && FileSystem.exists("\(path)/checkpoint")
    }

    /// - Throws: `.badInput` when checkpoint or heads are none.
    package init(_ folder: String) throws(MintmarkError) {
        self.folder = folder
        checkpoint = try SignedHead(parsing: Self.text("\(folder)/checkpoint", limit: SignedNote.maximumSize))
        var heads: [SignedHead] = []
        let lines = try LineReader("\(folder)/heads.txt")
        var note = ""
        while let line = try lines.next({ (bytes) throws(MintmarkError) in String(decoding: bytes, as: UTF8.self) }) {
            if line.isEmpty, note.hasSuffix("\n"), note.split(separator: "\n").last?.hasPrefix("— ") == true {
                heads.append(try SignedHead(parsing: note))
                note = ""
            } else {
                note += line + "\n"
            }
        }
        guard note.isEmpty else { throw SignedNote.bad("at the end of heads.txt is not whole") }
        self.heads = heads
    }

    /// Newest head that a witness of these cosigned; for a proof against its key.
    package func newestHead(cosignedBy keys: [NoteKey]) -> SignedHead? {
        heads.last { head in keys.contains { Cosignature.time(in: head.note, by: $0) != nil } }
    }

    /// - Throws: `.ledgerFault` when a file cannot be read; what is wrong in one is what the report tells.
    package func verify(against outside: [OutsideHead]) throws(MintmarkError) -> VerificationReport {
        let log = checkpoint.checkpoint.origin.split(separator: "/").last.map(String.init) ?? ""
        var report = VerificationReport(log: log, station: "")
        if heads.last?.checkpoint != checkpoint.checkpoint {
            report.add(nil, "the checkpoint is not the newest of the heads")
        }
        var walk = HeadWalk(log: log, heads: heads, outside: outside)
        var tree = MerkleTree()
        let lines = try LineReader("\(folder)/entries.jsonl")
        walk.begin(&report)
        do throws(MintmarkError) {
            var isMore = true
            while isMore {
                isMore =
                    try lines.next { (line) throws(MintmarkError) in
                        let introducesKey = Self.check(line, log, tree.size, &report)
                        tree.append(tree.hasher.leaf(line))
                        if introducesKey { walk.introduce(line, tree.size - 1, &report) }
                        walk.check(tree, &report)
                        return true
                    } ?? false
            }
        } catch { report.add(tree.size, "entry \(tree.size) cannot be read: \(error.what)") }
        report.entries = tree.size
        report.root = Hex.encode(tree.root)
        if tree.size > checkpoint.checkpoint.size {
            report.add(
                checkpoint.checkpoint.size,
                "\(tree.size - checkpoint.checkpoint.size) entries stand behind the checkpoint")
        }
        walk.end(tree.size, isWhole: true, &report)
        return report
    }

    /// True for an entry that introduces a key.
    private static func check(
        _ line: UnsafeRawBufferPointer, _ log: String, _ number: Int64, _ report: inout VerificationReport
    ) -> Bool {
        // Not parsed in full: its hash says whether it is the one that was committed.
        var envelope = EnvelopeScanner(line)
        guard envelope.scan(), let sequence = envelope.value(.seq)?.integer, let type = envelope.value(.type) else {
            report.add(number, "line \(number) is no entry")
            return false
        }
        if sequence != number {
            report.add(number, "line \(number) is entry \(sequence): one is missing, too many, or moved")
        } else if envelope.value(.log)?.elementsEqual(log.utf8) != true {
            report.add(number, "entry \(number) belongs to another log")
        } else {
            report.intact += 1
        }
        if number == 0 { report.station = envelope.value(.station).map { String(decoding: $0, as: UTF8.self) } ?? "" }
        return type.elementsEqual(EntryType.keyRotate.rawValue.utf8)
    }

    private static func text(_ path: String, limit: Int) throws(MintmarkError) -> String {
        guard let bytes = try FileSystem.read(path, limit: limit) else { throw SignedNote.bad("is missing: \(path)") }
        return String(decoding: bytes, as: UTF8.self)
    }
}
