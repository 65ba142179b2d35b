// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import TestSupport
import Testing

@testable import MintmarkCloud

@Suite("SecretJSON")
struct SecretJSONTests {
    private static let sample =
        #"{"a":"x","b":[1,{"c":"}]\""},[]],"d":{},"e":null,"f":-12,"g":true,"h":"\u00e9\\","i":""}"#

    @Test("names and values are found as they stand")
    func members() {
        let found = Self.found(Self.sample)
        #expect(found?.map(\.0) == ["a", "b", "d", "e", "f", "g", "h", "i"])
        #expect(
            found?.map(\.1) == [
                #""x""#, #"[1,{"c":"}]\""},[]]"#, "{}", "null", "-12", "true", #""\u00e9\\""#, #""""#,
            ])
        #expect(Self.found(" {\n}\t")?.isEmpty == true)
    }

    @Test("what a strict parser takes is taken with the same names", arguments: 0..<300 as Range<UInt64>)
    func agreement(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var bytes = Array(Self.sample.utf8)
        for _ in 0..<Int.random(in: 0...2, using: &random) {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            bytes[place] = "{}[],:\"\\ x1".utf8.randomElement(using: &random) ?? 0
        }
        let text = String(decoding: bytes, as: UTF8.self)
        let found = Self.found(text)
        guard let strict = try? JSONParser.object(bytes) else { return }
        let names = found?.map(\.0).filter { !$0.contains("\\") }.sorted()
        #expect(names == strict.members.map(\.name).filter { text.contains("\"\($0)\"") }.sorted())
    }

    @Test("a document cut anywhere is refused", arguments: 0..<90)
    func cut(count: Int) {
        let text = String(Self.sample.prefix(count))
        #expect((Self.found(text) != nil) == (text == Self.sample))
    }

    private static func found(_ text: String) -> [(String, String)]? {
        Array(text.utf8).withUnsafeBytes { bytes in
            SecretJSON.members(of: bytes)?.map {
                (String(decoding: bytes[$0.name], as: UTF8.self), String(decoding: bytes[$0.value], as: UTF8.self))
            }
        }
    }
}
