// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore
internal import MintmarkCrypto

/// Which signed heads a mirror has, and how many cosignatures of each.
///
/// A witness may answer when newer heads are signed already, so a head can get a line after its mirror got the head.
struct MirroredHeads {
    /// Entries under the newest one; 0 when there is none.
    private(set) var newest: Int64 = 0
    private var cosignatures: [Int64: Int] = [:]
    /// All heads of the ledger were looked at; from then on the last ones are enough, until the next session.
    var isCompared = false

    mutating func add(_ head: SignedHead) {
        let (size, origin) = (head.checkpoint.size, head.checkpoint.origin)
        let count = head.note.signatures.count { $0.name != origin }
        newest = max(newest, size)
        cosignatures[size] = max(cosignatures[size] ?? 0, count)
    }

    /// Whether the mirror lacks the head over `size` entries, or one of its cosignatures.
    func lacks(_ size: Int64, cosignatures count: Int) -> Bool { (cosignatures[size] ?? -1) < count }
}
