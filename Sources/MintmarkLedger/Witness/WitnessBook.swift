// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore
package import MintmarkCrypto

/// The whole policy of a witness: whose heads it cosigns, and the newest one of each log that it did.
///
/// A value without I/O. Two heads that are not one log are never both accepted by one book, and never a shorter one
/// behind a longer.
package struct WitnessBook: Sendable, Equatable {
    package enum Verdict: Sendable, Equatable {
        /// To be cosigned and kept, in that order, before anything is answered.
        case accepted(SignedHead)
        case refused(WitnessAnswer)
    }

    /// Verifier keys of the logs; a key's name is its log's origin, and a log that changes its key has two for a while.
    let logs: [NoteKey]
    /// By origin.
    private(set) var newest: [String: Checkpoint]

    package init(logs: [NoteKey], newest: [Checkpoint] = []) {
        self.logs = logs
        self.newest = Dictionary(newest.map { ($0.origin, $0) }, uniquingKeysWith: { $0.size > $1.size ? $0 : $1 })
    }

    /// Accepted is the head with the log's own signatures: whatever else stood there is not vouched for, and not kept.
    package func judge(_ request: WitnessRequest) -> Verdict {
        let new = request.head.checkpoint
        let keys = logs.filter { $0.name == new.origin }
        guard !keys.isEmpty else { return .refused(.unknownOrigin) }
        let signatures = keys.compactMap { request.head.note.signature(by: $0) }
        guard !signatures.isEmpty else { return .refused(.untrusted) }
        guard request.old <= new.size else {
            return .refused(.malformed("the old size is larger than the checkpoint's"))
        }
        let known = newest[new.origin] ?? Checkpoint(origin: new.origin, size: 0, root: MerkleHasher.empty)
        guard request.old == known.size else { return .refused(.conflict(known: known.size)) }
        guard MerkleProof.extends(old: known.size, known.root, to: new.size, new.root, path: request.proof) else {
            // Two roots over one size: no proof could help.
            let isSecondRoot = known.size == new.size && known.size > 0 && known.root != new.root
            return .refused(isSecondRoot ? .conflict(known: known.size) : .inconsistent)
        }
        return .accepted(request.head.signed(only: signatures))
    }

    /// Notes a head that is kept.
    mutating func note(_ head: Checkpoint) { newest[head.origin] = head }
}
