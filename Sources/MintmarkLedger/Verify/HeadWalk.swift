// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore
internal import MintmarkCrypto

/// Checks the heads of a log while its entries go by: what the file says was signed, and what was kept elsewhere.
struct HeadWalk {
    private var origin: String
    /// Logs that this one continues, and how many entries each has here.
    private var earlier: [(origin: String, size: Int64)] = []
    /// The heads that the log says were signed, the smallest first; what cannot be read is an error.
    private let source: () throws(MintmarkError) -> SignedHead?
    private let stop: () -> Void
    private var next: SignedHead?
    /// Heads from outside the factory, the smallest first.
    private var outside: [OutsideHead]
    /// Keys that entries introduced so far.
    private var keys: [NoteKey] = []
    /// The key that has to sign the next head too, as an entry put another one of the same log in its place.
    private var voucher: NoteKey?

    /// Heads that stand in a ledger file.
    init(_ connection: SQLConnection, log: String, outside: [OutsideHead]) throws(MintmarkError) {
        let hasHeads = try HeadTable.exists(connection)
        let rows = hasHeads ? try connection.prepare("SELECT size, note FROM head ORDER BY size") : nil
        try rows?.start()
        self.init(log: log, outside: outside, stop: { rows?.stop() }) { () throws(MintmarkError) in
            guard let row = try rows?.next() else { return nil }
            let head = try SignedHead(parsing: row.text(1))
            guard head.checkpoint.size == row.integer(0) else {
                throw SignedNote.bad("says another size than its row (\(row.integer(0)))")
            }
            return head
        }
    }

    /// Heads that stand in a bundle.
    init(log: String, heads: [SignedHead], outside: [OutsideHead]) {
        var rest = heads[...]
        self.init(log: log, outside: outside, stop: {}) { () throws(MintmarkError) in rest.popFirst() }
    }

    private init(
        log: String, outside: [OutsideHead], stop: @escaping () -> Void,
        source: @escaping () throws(MintmarkError) -> SignedHead?
    ) {
        origin = Checkpoint.origin(log: log)
        self.outside = outside.sorted { $0.head.checkpoint.size < $1.head.checkpoint.size }
        self.stop = stop
        self.source = source
    }

    mutating func begin(_ report: inout VerificationReport) { advance(&report) }

    /// The entries from number `first` on belong to this log.
    mutating func belongs(to log: String, from first: Int64) {
        if first > 0 { earlier.append((origin, first)) }
        origin = Checkpoint.origin(log: log)
    }

    /// An entry of type `key.rotate` went by.
    mutating func introduce(_ body: UnsafeRawBufferPointer, _ sequence: Int64, _ report: inout VerificationReport) {
        do throws(MintmarkError) {
            let key = try NoteKey(parsing: Entry(bytes: Array(body)).payload(KeyRotate.self).vkey)
            voucher = keys.last { $0.name == key.name }
            keys.append(key)
        } catch { report.add(sequence, "entry \(sequence) introduces no key: \(error.what)") }
    }

    /// The tree grew by one entry.
    mutating func check(_ tree: MerkleTree, _ report: inout VerificationReport) {
        while let head = next, head.checkpoint.size <= tree.size {
            checkOwn(head, tree, &report)
            advance(&report)
        }
        while let first = outside.first, first.head.checkpoint.size <= tree.size {
            outside.removeFirst()
            checkOutside(first, tree, &report)
        }
    }

    /// The log ended, or nothing more of it can be compared.
    mutating func end(_ size: Int64, isWhole: Bool, _ report: inout VerificationReport) {
        stop()
        report.earlier = earlier.map { VerificationReport.EarlierLog(origin: $0.origin, entries: $0.size) }
        guard isWhole else { return }
        if let head = next {
            report.add(size, "a head was signed over \(head.checkpoint.size) entries, the log has \(size)")
        }
        for head in outside where head.head.checkpoint.origin != origin { report.add(nil, strange(head)) }
        for head in outside where head.head.checkpoint.origin == origin {
            report.add(
                size,
                "\(head.name) is over \(head.head.checkpoint.size) entries, the log has \(size): its end was cut off")
        }
    }

    private mutating func checkOwn(_ head: SignedHead, _ tree: MerkleTree, _ report: inout VerificationReport) {
        let size = head.checkpoint.size
        guard head.checkpoint.origin == origin else {
            return report.add(nil, "the head over \(size) entries is another log's (\(head.checkpoint.origin))")
        }
        guard size == tree.size, head.checkpoint.root == tree.root else {
            return report.add(report.signed, "the head over \(size) entries does not fit them")
        }
        let signers = keys.filter { head.note.isSigned(by: $0) }
        guard !signers.isEmpty else {
            return report.add(nil, "the head over \(size) entries is signed by no key that the log introduced")
        }
        if let voucher, !head.note.isSigned(by: voucher) {
            report.add(
                report.signed,
                "the head over \(size) entries is signed with a new key for which the one before does not vouch")
        }
        voucher = nil
        report.keys = signers.map(\.description)
        report.heads += 1
        report.signed = size
    }

    private func checkOutside(_ head: OutsideHead, _ tree: MerkleTree, _ report: inout VerificationReport) {
        let checkpoint = head.head.checkpoint
        guard checkpoint.origin == origin else { return report.add(nil, strange(head)) }
        guard checkpoint.size == tree.size, checkpoint.root == tree.root else {
            return report.add(
                report.proven?.size ?? 0,
                "the first \(checkpoint.size) entries are not those of \(head.name): one was changed since it was taken"
            )
        }
        report.proven = VerificationReport.Proof(size: checkpoint.size, by: head.name)
    }

    private func strange(_ head: OutsideHead) -> String {
        let checkpoint = head.head.checkpoint
        guard let log = earlier.last(where: { $0.origin == checkpoint.origin }) else {
            return "\(head.name) is a head of another log (\(checkpoint.origin))"
        }
        return "\(head.name) is over \(checkpoint.size) entries of \(log.origin), which this log continues from "
            + "entry \(log.size) on: the \(checkpoint.size - log.size) entries behind were lost with the old machine"
    }

    private mutating func advance(_ report: inout VerificationReport) {
        next = nil
        do throws(MintmarkError) {
            next = try source()
        } catch { report.add(nil, "a head behind size \(report.signed) cannot be read: \(error.what)") }
    }
}
