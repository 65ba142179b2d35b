// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCrypto

/// The two hashes of RFC 6962 §2.1. The first byte keeps a leaf from being taken for a node.
enum MerkleHash {
    static let length = 32
    static let empty = SHA256.hash([])

    static func leaf(_ entry: UnsafeRawBufferPointer) -> [UInt8] {
        withUnsafeTemporaryAllocation(byteCount: entry.count + 1, alignment: 16) { buffer in
            buffer[0] = 0
            UnsafeMutableRawBufferPointer(rebasing: buffer[1...]).copyMemory(from: entry)
            return SHA256.hash(UnsafeRawBufferPointer(buffer))
        }
    }

    static func leaf(_ entry: [UInt8]) -> [UInt8] { entry.withUnsafeBytes { leaf($0) } }

    static func node(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
        withUnsafeTemporaryAllocation(byteCount: 65, alignment: 16) { buffer in
            buffer[0] = 1
            UnsafeMutableRawBufferPointer(rebasing: buffer[1..<33]).copyBytes(from: left.prefix(32))
            UnsafeMutableRawBufferPointer(rebasing: buffer[33..<65]).copyBytes(from: right.prefix(32))
            return SHA256.hash(UnsafeRawBufferPointer(buffer))
        }
    }
}
