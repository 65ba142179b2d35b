// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// What stands in a mirror's `entries.jsonl` behind the bytes that its record vouches for: left by a copy that was broken
/// off, so it may be whole, begun or damaged.
struct MirrorTail {
    /// Leaves of whole entries that equal the ledger's, and their bytes.
    private(set) var leaves: [[UInt8]] = []
    private(set) var bytes: Int64 = 0
    /// Bytes of the next entry's beginning that are there.
    private(set) var begun = 0
    /// Number of an entry that is there and is not the ledger's.
    private(set) var stranger: Int64?
    /// The ledger has no entry of that number.
    private(set) var isBeyondLedger = false

    init(_ path: String, from offset: Int64, entry first: Int64, ledger: LedgerReader) throws(MintmarkError) {
        let hasher = MerkleHasher()
        let lines = try MirrorFault.io { () throws(MintmarkError) in try LineReader(path, from: offset) }
        var (number, page, used): (Int64, [[UInt8]], Int) = (first, [], 0)
        while true {
            if used == page.count { (page, used) = (try ledger.bodies(from: number, limit: 1 << 20), 0) }
            let ours = used < page.count ? page[used] : nil
            let line: [UInt8]?
            do throws(MintmarkError) {
                line = try lines.next { (bytes) throws(MintmarkError) in Array(bytes) }
            } catch {
                guard error.code == .badInput else { throw MirrorFault.make(error.what) }
                let rest = lines.rest
                if let ours, (ours + [UInt8(ascii: "\n")]).starts(with: rest) {
                    begun = rest.count
                } else if ours == nil, rest.starts(with: Array(#"{"actor":"#.utf8)) {
                    (stranger, isBeyondLedger) = (number, true)
                }
                return
            }
            guard let line else { return }
            guard line == ours else {
                // Bytes that are no entry of this place were never one: a disk lost some of what was written last.
                if line.withUnsafeBytes({ Self.isEntry($0, number) }) {
                    (stranger, isBeyondLedger) = (number, ours == nil)
                }
                return
            }
            leaves.append(hasher.leaf(line))
            bytes += Int64(line.count) + 1
            (number, used) = (number + 1, used + 1)
        }
    }

    /// Whether the line is the entry of this number in some log.
    static func isEntry(_ line: UnsafeRawBufferPointer, _ number: Int64) -> Bool {
        var envelope = EnvelopeScanner(line)
        return envelope.scan() && envelope.value(.seq)?.integer == number
    }
}
