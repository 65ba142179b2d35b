// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkCrypto
import TestSupport
import Testing

@Suite("SHA256")
struct SHA256Tests {
    @Test("known answers of FIPS 180-4")
    func knownAnswers() {
        #expect(Hex.encode(SHA256.hash([])) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(
            Hex.encode(SHA256.hash(Array("abc".utf8)))
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test("pieces give the digest of the whole, and a stream can be used again", arguments: 0..<50 as Range<UInt64>)
    func pieces(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let bytes = (0..<Int.random(in: 0...300, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        let stream = SHA256.Stream()
        for _ in 1...2 {
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = Int.random(in: 1...rest.count, using: &random)
                stream.update(Array(rest.prefix(count)))
                rest = rest.dropFirst(count)
            }
            #expect(stream.finish() == SHA256.hash(bytes))
        }
    }

    @Test("a file's digest is that of its bytes; a missing file is an error that names it")
    func file() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("a", String(repeating: "x", count: 200_000))
        #expect(try SHA256.hashFile(path) == SHA256.hash([UInt8](repeating: UInt8(ascii: "x"), count: 200_000)))
        let missing = folder.file("none")
        let error = #expect(throws: MintmarkError.self) { try SHA256.hashFile(missing) }
        #expect(error?.what.contains(missing) == true)
    }
}
