// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkCrypto
import MintmarkLedger

/// A log as a list of leaves, with proofs by the recursive definitions of RFC 6962 §2.1, word for word.
struct TestLog {
    let origin: String
    let key: Ed25519PrivateKey
    var leaves: [[UInt8]] = []
    private let hasher = MerkleTree().hasher

    init(_ origin: String, key: Ed25519PrivateKey, count: Int, text: String = "entry") {
        (self.origin, self.key) = (origin, key)
        grow(count, text)
    }

    mutating func grow(_ count: Int, _ text: String = "entry") {
        for _ in 0..<count { leaves.append(hasher.leaf(Array("\(text) \(leaves.count)".utf8))) }
    }

    var vkey: NoteKey { NoteKey(name: origin, publicKey: key.publicKey) }

    func head(_ size: Int, by signer: Ed25519PrivateKey? = nil, root: [UInt8]? = nil) throws -> SignedHead {
        let checkpoint = Checkpoint(origin: origin, size: Int64(size), root: root ?? self.root(leaves[..<size]))
        var note = SignedNote(text: checkpoint.text, signatures: [])
        note.add(try note.signature(by: signer ?? key, as: origin))
        return try SignedHead(parsing: note.description)
    }

    func request(_ old: Int, _ size: Int) throws -> WitnessRequest {
        WitnessRequest(old: Int64(old), proof: proof(old, size), head: try head(size))
    }

    func root(_ leaves: ArraySlice<[UInt8]>) -> [UInt8] {
        switch leaves.count {
        case 0: return SHA256.hash([])
        case 1: return leaves[leaves.startIndex]
        default:
            let middle = leaves.startIndex + Self.split(leaves.count)
            return hasher.node(root(leaves[..<middle]), root(leaves[middle...]))
        }
    }

    func proof(_ old: Int, _ size: Int) -> [[UInt8]] {
        old == 0 || old >= size ? [] : subproof(old, leaves[..<size], true)
    }

    private func subproof(_ old: Int, _ leaves: ArraySlice<[UInt8]>, _ isWhole: Bool) -> [[UInt8]] {
        if old == leaves.count { return isWhole ? [] : [root(leaves)] }
        let middle = Self.split(leaves.count)
        let (left, right) = (leaves.prefix(middle), leaves.dropFirst(middle))
        return old <= middle
            ? subproof(old, left, isWhole) + [root(right)] : subproof(old - middle, right, false) + [root(left)]
    }

    private static func split(_ count: Int) -> Int {
        var power = 1
        while power * 2 < count { power *= 2 }
        return power
    }
}
