// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// One pass over entries, roots and nodes, in constant memory. What SQLite cannot read is stepped over.
struct LogWalk {
    private static let keyRotate = Array(EntryType.keyRotate.rawValue.utf8)

    private let log: String
    private var name: LogName
    private let entries: SQLStatement
    private let nodes: SQLStatement
    private let rootRows: SQLStatement
    private let count: (entries: Int64, roots: Int64)
    private let countNodes: SQLStatement
    private var tree = MerkleTree()
    /// False after a gap: no root behind it can be compared.
    private var isWhole = true
    /// Size up to which a stored root was right.
    private var proven: Int64 = 0
    private var nextRoot: (size: Int64, hash: [UInt8])?
    private var heads: HeadWalk

    init(_ connection: SQLConnection, log: String, outside: [OutsideHead]) throws(MintmarkError) {
        name = try Self.firstName(connection) ?? LogName(log.utf8)
        heads = try HeadWalk(connection, log: name.text, outside: outside)
        self.log = log
        entries = try connection.prepare(
            "SELECT seq, body, leaf, type, unit, run, t_us FROM entry WHERE seq >= ? ORDER BY seq")
        nodes = try connection.prepare("SELECT h FROM node WHERE level = ? AND idx = ?")
        rootRows = try connection.prepare("SELECT size, h FROM root ORDER BY size")
        count = (
            (try connection.integer("SELECT max(seq) FROM entry") ?? -1) + 1,
            try connection.integer("SELECT max(size) FROM root") ?? 0
        )
        countNodes = try connection.prepare("SELECT count(*) FROM node")
    }

    mutating func run(_ report: inout VerificationReport) throws(MintmarkError) {
        try rootRows.start()
        advanceRoot(&report)
        heads.begin(&report)
        var next: Int64 = 0
        let end = max(count.entries, count.roots)
        while next < end {
            do { try walk(from: &next, &report) } catch {
                report.add(next, "entry \(next) cannot be read: \(error.what)")
                isWhole = false
                next += 1
                continue
            }
            if next < end {
                report.add(next, "entries \(next)-\(end - 1) are missing, although a root was committed over them")
                isWhole = false
            }
            break
        }
        report.root = Hex.encode(tree.root)
        if name.text != log { report.add(nil, "the file says that it is log \(log), its entries are of \(name.text)") }
        heads.end(tree.size, isWhole: isWhole, &report)
        finish(&report)
        rootRows.stop()
    }

    /// Goes on until the last entry; on an error `next` is the one that could not be read.
    private mutating func walk(from next: inout Int64, _ report: inout VerificationReport) throws(MintmarkError) {
        try entries.start(next)
        defer { entries.stop() }
        while let row = try entries.next() {
            let sequence = row.integer(0)
            if sequence != next {
                report.add(next, "entries \(next)-\(sequence - 1) are missing")
                isWhole = false
            }
            next = sequence
            check(row, sequence, &report)
            next += 1
        }
    }

    private mutating func check(_ row: SQLRow, _ sequence: Int64, _ report: inout VerificationReport) {
        report.entries += 1
        let (body, stored) = (row.bytes(1), row.bytes(2))
        let leaf = tree.hasher.leaf(body)
        if !stored.elementsEqual(leaf) {
            report.add(sequence, "entry \(sequence) is not what was committed: its hash differs from its leaf")
        } else if let what = difference(row, body, sequence) {
            report.add(sequence, "entry \(sequence): \(what)")
        } else {
            report.intact += 1
        }
        guard isWhole else { return }
        // The stored leaf: when only the body was changed, the roots still hold and say so.
        let nodes = nodes
        tree.append(Array(stored)) { level, index, hash in
            guard TreeStore.isKept(level: level) else { return }
            LogWalk.check(nodes, level, index, hash, &report)
        }
        while let root = nextRoot, root.size <= tree.size { checkRoot(root, &report) }
        if row.bytes(3).elementsEqual(Self.keyRotate) { heads.introduce(body, sequence, &report) }
        heads.check(tree, &report)
    }

    private mutating func checkRoot(_ root: (size: Int64, hash: [UInt8]), _ report: inout VerificationReport) {
        report.roots += 1
        if root.size == tree.size && root.hash == tree.root {
            proven = root.size
            advanceRoot(&report)
        } else {
            report.add(
                proven,
                "the root over \(root.size) entries is not the tree's: between entries \(proven) and \(root.size - 1) "
                    + "an entry was changed together with its leaf, or the root was")
            // Every later root differs for the same reason.
            nextRoot = nil
            isWhole = false
        }
    }

    private mutating func advanceRoot(_ report: inout VerificationReport) {
        do {
            nextRoot = try rootRows.next().map { ($0.integer(0), $0.array(1)) }
        } catch {
            report.add(nil, "a root behind size \(proven) cannot be read: \(error.what)")
            nextRoot = nil
            isWhole = false
        }
    }

    private static func check(
        _ nodes: SQLStatement, _ level: Int, _ index: Int64, _ hash: [UInt8], _ report: inout VerificationReport
    ) {
        do {
            let stored = try nodes.first(Int64(level), index) { row throws(MintmarkError) in row.array(0) }
            if stored != hash { report.add(nil, "node \(index) of level \(level) is not the tree's") }
        } catch {
            report.add(nil, "node \(index) of level \(level) cannot be read: \(error.what)")
        }
    }

    private func finish(_ report: inout VerificationReport) {
        guard isWhole else { return }
        if proven < tree.size {
            report.add(proven, "no root was committed over entries \(proven)-\(tree.size - 1)")
        }
        let expected = stride(from: TreeStore.step, to: 63, by: TreeStore.step).reduce(0) { $0 + (tree.size >> $1) }
        do throws(MintmarkError) {
            let stored = try countNodes.first { row throws(MintmarkError) in row.integer(0) } ?? 0
            if stored != expected { report.add(nil, "\(stored) nodes are stored, the tree has \(expected)") }
        } catch { report.add(nil, "the nodes cannot be counted: \(error.what)") }
    }

    /// The log of entry 0, which may have been continued since; nil when that entry is damaged.
    private static func firstName(_ connection: SQLConnection) throws(MintmarkError) -> LogName? {
        do throws(MintmarkError) {
            let name = try connection.prepare("SELECT body, leaf FROM entry WHERE seq = 0").first {
                row throws(MintmarkError) -> LogName? in
                var envelope = EnvelopeScanner(row.bytes(0))
                guard row.bytes(1).elementsEqual(MerkleHasher().leaf(row.bytes(0))), envelope.scan() else { return nil }
                return envelope.value(.log).map { LogName($0) }
            }
            return name.flatMap(\.self)
        } catch { return nil }
    }

    /// What a column says other than the entry; nil when nothing.
    private mutating func difference(
        _ row: SQLRow, _ body: UnsafeRawBufferPointer, _ sequence: Int64
    ) -> String? {
        var envelope = EnvelopeScanner(body)
        guard envelope.scan() else { return "its bytes are not an entry" }
        if envelope.value(.seq)?.integer != sequence { return "it says another number" }
        switch name.judge(envelope, body) {
        case .same: break
        case .new: heads.belongs(to: name.text, from: sequence)
        case .stranger: return "it belongs to another log"
        }
        if envelope.value(.t)?.integer != row.integer(6) { return "the column t_us says another time" }
        if !isSame(envelope.value(.type), row, 3) { return "the column type says another type" }
        if !isSame(envelope.value(.unit), row, 4) { return "the column unit names another unit" }
        if !isSame(envelope.value(.run), row, 5) { return "the column run names another run" }
        return nil
    }

    private func isSame(_ value: UnsafeRawBufferPointer?, _ row: SQLRow, _ column: Int32) -> Bool {
        guard let value else { return row.isNull(column) }
        return !row.isNull(column) && row.bytes(column).elementsEqual(value)
    }
}
