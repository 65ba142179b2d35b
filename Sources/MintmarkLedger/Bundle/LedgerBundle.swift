// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore
package import MintmarkCrypto

/// An exported bundle or a mirror, being verified: its entries against its heads and against heads from outside.
package struct LedgerBundle {
    private let folder: String
    /// What the folder says stands in it: a bundle by a signed head, a mirror by its record.
    private let claim: Claim
    let heads: [SignedHead]

    private enum Claim {
        case bundle(SignedHead)
        case mirror(MirrorRecord)
    }

    /// Whether this is a folder with the parts of a bundle or a mirror.
    package static func isBundle(_ path: String) -> Bool {
        FileSystem.exists("\(path)/\(MirrorRecord.name)")
            || FileSystem.exists("\(path)/entries.jsonl") && FileSystem.exists("\(path)/checkpoint")
    }

    /// - Throws: `.badInput` when checkpoint or heads are none; `.mirrorFault` when a mirror's record is none.
    package init(_ folder: String) throws(MintmarkError) {
        self.folder = folder
        if let record = try MirrorRecord.read(folder) {
            claim = .mirror(record)
            heads = try Self.heads(inMirror: folder, record)
        } else {
            claim = .bundle(
                try SignedHead(parsing: Self.text("\(folder)/checkpoint", limit: SignedNote.maximumSize)))
            var heads: [SignedHead] = []
            try HeadNotes.visit("\(folder)/heads.txt") { heads.append($0) }
            self.heads = heads
        }
    }

    /// The smallest first. In a mirror a head stands again, behind newer ones, when a witness cosigned it later.
    private static func heads(inMirror folder: String, _ record: MirrorRecord) throws(MintmarkError) -> [SignedHead] {
        guard record.headBytes > 0 else { return [] }
        var heads: [String: SignedHead] = [:]
        try HeadNotes.visit("\(folder)/heads.txt", upTo: record.headBytes) { heads[$0.note.text] = $0 }
        return heads.values.sorted { $0.checkpoint.size < $1.checkpoint.size }
    }

    /// The head that covers all of a bundle; the newest one of a mirror, if there is one.
    var checkpoint: SignedHead? {
        switch claim {
        case .bundle(let head): head
        case .mirror: heads.last
        }
    }

    /// Newest head that a witness of these cosigned; for a proof against its key.
    package func newestHead(cosignedBy keys: [NoteKey]) -> SignedHead? {
        heads.last { head in keys.contains { Cosignature.time(in: head.note, by: $0) != nil } }
    }

    /// - Throws: `.ledgerFault` when a file cannot be read; what is wrong in one is what the report tells.
    package func verify(against outside: [OutsideHead]) throws(MintmarkError) -> VerificationReport {
        var report = VerificationReport(log: "", station: "")
        if case .bundle(let head) = claim, heads.last?.checkpoint != head.checkpoint {
            report.add(nil, "the checkpoint is not the newest of the heads")
        }
        var walk = HeadWalk(log: "", heads: heads, outside: outside)
        var name = LogName([])
        var tree = MerkleTree()
        walk.begin(&report)
        do throws(MintmarkError) {
            try eachEntry { (line) throws(MintmarkError) in
                let introducesKey = Self.check(line, tree.size, &name, &walk, &report)
                tree.append(tree.hasher.leaf(line))
                if introducesKey { walk.introduce(line, tree.size - 1, &report) }
                walk.check(tree, &report)
                if case .mirror(let record) = claim, record.entries == tree.size, record.root != tree.root {
                    report.add(
                        nil, "the first \(record.entries) entries are not those that the mirror's record is over")
                }
            }
        } catch { report.add(tree.size, "entry \(tree.size) cannot be read: \(error.what)") }
        report.log = name.text
        report.entries = tree.size
        report.root = Hex.encode(tree.root)
        checkEnd(tree.size, &report)
        walk.end(tree.size, isWhole: true, &report)
        return report
    }

    /// Visits every whole entry's bytes. What a copy left that was broken off in the middle of an entry is none.
    func eachEntry(
        _ visit: (UnsafeRawBufferPointer) throws(MintmarkError) -> Void
    ) throws(MintmarkError) {
        guard FileSystem.exists("\(folder)/entries.jsonl") else { return }
        var sure = Int64.max
        if case .mirror(let record) = claim { sure = record.bytes }
        let lines = try LineReader("\(folder)/entries.jsonl")
        var number: Int64 = 0
        while lines.position < sure {
            let isThere: Void? = try lines.next(visit)
            if isThere == nil { return }
            number += 1
        }
        // Written, but not recorded: they count as far as they are whole entries.
        var isMore = true
        while isMore {
            do throws(MintmarkError) {
                isMore =
                    try lines.next { (line) throws(MintmarkError) in
                        guard MirrorTail.isEntry(line, number) else { return false }
                        try visit(line)
                        return true
                    } ?? false
            } catch {
                guard error.code == .badInput else { throw error }
                return
            }
            number += 1
        }
    }

    /// True for an entry that introduces a key.
    private static func check(
        _ line: UnsafeRawBufferPointer, _ number: Int64, _ name: inout LogName, _ walk: inout HeadWalk,
        _ report: inout VerificationReport
    ) -> Bool {
        // Not parsed in full: its hash says whether it is the one that was committed.
        var envelope = EnvelopeScanner(line)
        guard envelope.scan(), let sequence = envelope.value(.seq)?.integer, let type = envelope.value(.type) else {
            report.add(number, "line \(number) is no entry")
            return false
        }
        if number == 0 {
            report.station = envelope.value(.station).map { String(decoding: $0, as: UTF8.self) } ?? ""
            if let log = envelope.value(.log) { name = LogName(log) }
            walk.belongs(to: name.text, from: 0)
        }
        if sequence != number {
            report.add(number, "line \(number) is entry \(sequence): one is missing, too many, or moved")
        } else {
            switch name.judge(envelope, line) {
            case .same: report.intact += 1
            case .new:
                walk.belongs(to: name.text, from: number)
                report.intact += 1
            case .stranger: report.add(number, "entry \(number) belongs to another log")
            }
        }
        return type.elementsEqual(EntryType.keyRotate.rawValue.utf8)
    }

    private func checkEnd(_ size: Int64, _ report: inout VerificationReport) {
        switch claim {
        case .bundle(let head):
            let covered = head.checkpoint.size
            if size > covered { report.add(covered, "\(size - covered) entries stand behind the checkpoint") }
        case .mirror(let record):
            if size < record.entries {
                report.add(size, "\(size) entries are here, the mirror's record is over \(record.entries)")
            }
        }
    }

    private static func text(_ path: String, limit: Int) throws(MintmarkError) -> String {
        guard let bytes = try FileSystem.read(path, limit: limit, waits: false) else {
            throw SignedNote.bad("is missing: \(path)")
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
