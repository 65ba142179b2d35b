// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkLedger
import TestSupport
import Testing

@Suite("MerkleTree")
struct MerkleTreeTests {
    /// Leaves and roots of the Certificate Transparency reference tree (certificate-transparency-go, `merkletree` tests).
    static let leaves = [
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    ]
    static let roots = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]

    @Test("the roots are those of the reference tree", arguments: 0...8) func vectors(size: Int) throws {
        var tree = MerkleTree()
        for leaf in Self.leaves.prefix(size) { tree.append(tree.hasher.leaf(try #require(Hex.decode(leaf)))) }
        #expect(Hex.encode(tree.root) == Self.roots[size])
        #expect(tree.size == Int64(size))
    }

    @Test("any split into whole subtrees gives the tree of the leaves", arguments: 0..<20 as Range<UInt64>)
    func subtrees(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let size = Int64.random(in: 1..<700, using: &random)
        var (whole, kept) = (MerkleTree(), [Int: [[UInt8]]]())
        for index in 0..<size {
            let leaf = whole.hasher.leaf(Array(String(index).utf8))
            kept[0, default: []].append(leaf)
            whole.append(leaf) { level, _, hash in kept[level, default: []].append(hash) }
        }
        var parts = MerkleTree()
        while parts.size < size {
            let (begun, levels) = (parts.size, 0...9)
            let fits = levels.filter { begun.isMultiple(of: 1 << $0) && begun + (1 << $0) <= size }
            let level = try #require(fits.randomElement(using: &random))
            let subtree = try #require(kept[level])[Int(parts.size >> level)]
            let isTaken = parts.append(subtree: subtree, level: level)
            #expect(isTaken)
        }
        #expect(parts.root == whole.root)
    }

    @Test("a subtree that does not fit where the tree ends changes nothing") func misplaced() {
        var tree = MerkleTree()
        tree.append(tree.hasher.leaf([]))
        let root = tree.root
        let isTaken = tree.append(subtree: root, level: 1)
        #expect(!isTaken)
        #expect(tree.root == root)
    }
}
