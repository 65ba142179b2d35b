// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkCrypto
import TestSupport
import Testing

@Suite("SHA-256")
struct SHA256Tests {
    @Test(
        "the examples of FIPS 180-4 give their published hashes",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ])
    func knownAnswers(text: String, hex: String) {
        #expect(Hex.encode(SHA256.hash(Array(text.utf8))) == hex)
    }

    @Test("a million a's, fed piece by piece, give the published hash")
    func stream() {
        var stream = SHA256.Stream()
        let piece = [UInt8](repeating: UInt8(ascii: "a"), count: 1000)
        for _ in 0..<1000 { stream.update(piece) }
        #expect(
            Hex.encode(stream.finish()) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    @Test("a tree's leaf and node are hashed as RFC 6962 says")
    func merkle() {
        // Leaf hash of the empty entry, from the RFC 6962 reference vectors.
        #expect(
            Hex.encode(SHA256.hash(prefix: 0, []))
                == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")
        let (left, right) = (SHA256.hash([1]), SHA256.hash([2]))
        #expect(SHA256.hash(prefix: 1, left, right) == SHA256.hash([1] + left + right))
    }

    @Test("every way to hash gives the same answer", arguments: 0..<20 as Range<UInt64>)
    func agreement(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let bytes = (0..<Int.random(in: 0...200_000, using: &random)).map { _ in
            UInt8.random(in: 0...255, using: &random)
        }
        let cut = Int.random(in: 0...bytes.count, using: &random)
        var stream = SHA256.Stream()
        stream.update(Array(bytes[..<cut]))
        stream.update(Array(bytes[cut...]))
        let whole = SHA256.hash(bytes)
        #expect(stream.finish() == whole)
        if let first = bytes.first { #expect(SHA256.hash(prefix: first, Array(bytes.dropFirst())) == whole) }
        let folder = try TemporaryFolder()
        let path = try folder.write("f", Hex.encode(bytes))
        #expect(try SHA256.hashFile(path) == SHA256.hash(Array(Hex.encode(bytes).utf8)))
    }

    @Test("hashing from many threads at once mixes nothing up")
    func threads() async {
        await withTaskGroup(of: Bool.self) { group in
            for number in 0..<64 as Range<UInt8> {
                group.addTask {
                    let expected = SHA256.hash([number])
                    return (0..<500).allSatisfy { _ in SHA256.hash([number]) == expected }
                }
            }
            for await agreed in group { #expect(agreed) }
        }
    }

    @Test("a file that is not there is an error that names it and its errno")
    func missingFile() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("absent")
        let error = #expect(throws: MintmarkError.self) { try SHA256.hashFile(path) }
        #expect(error?.code == .badInput)
        #expect(error?.errno == 2)
        #expect(error?.what.contains(path) == true)
    }

    @Test("a folder is no file to hash")
    func folder() throws {
        let error = #expect(throws: MintmarkError.self) { try SHA256.hashFile("/") }
        #expect(error?.errno == 21)
    }
}
