// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkLedger
import TestSupport
import Testing

@Suite("Proofs from the stored tree") struct MerkleProofTests {
    @Test("every old size of a log is shown to be its beginning, and no other root is", arguments: [7 as UInt64, 77])
    func consistency(seed: UInt64) async throws {
        let fixture = try LedgerFixture()
        let ledger = try await fixture.open()
        var random = SplitMix64(seed: seed)
        for number in 0..<40 {
            let count = Int.random(in: 1...20, using: &random)
            let drafts = (0..<count).map {
                EntryDraft(SandboxMark(host: "host-\(number)-\($0):1"), by: EntryContext(actor: "t"))
            }
            try await ledger.commit { _ in Decision(drafts) }
        }
        try await ledger.close()
        let reader = try LedgerReader(at: fixture.path)
        var tree = MerkleTree()
        var roots: [[UInt8]] = [tree.root]
        for entry in try reader.entries() {
            tree.append(tree.hasher.leaf(entry.bytes))
            roots.append(tree.root)
        }
        let size = tree.size
        for old in 0...size {
            let path = try reader.consistencyProof(from: old, to: size)
            #expect(MerkleProof.extends(old: old, roots[Int(old)], to: size, tree.root, path: path), "\(old)")
            guard old > 0 else { continue }
            #expect(!MerkleProof.extends(old: old, roots[Int(old) - 1], to: size, tree.root, path: path), "\(old)")
            #expect(
                !MerkleProof.extends(old: old, roots[Int(old)], to: size, roots[Int(size) - 1], path: path), "\(old)")
            #expect(!MerkleProof.extends(old: old, roots[Int(old)], to: size, tree.root, path: path + [tree.root]))
        }
    }
}
