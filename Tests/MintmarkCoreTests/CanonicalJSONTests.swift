// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import TestSupport
import Testing

@Suite("CanonicalJSON")
struct CanonicalJSONTests {
    @Test("members stand in the order of their names, whatever order they came in")
    func order() {
        let object: JSONObject = ["zeta": 1, "alpha": "x", "mid": [true], "none": nil]
        #expect(CanonicalJSON.text(object) == #"{"alpha":"x","mid":[true],"zeta":1}"#)
    }

    @Test("escapes are RFC 8785's, and what is written is read back", arguments: 0..<200 as Range<UInt64>)
    func roundTrip(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let scalars = (0..<24).compactMap { _ in Unicode.Scalar(UInt32.random(in: 0..<0x2FF, using: &random)) }
        let text = String(String.UnicodeScalarView(scalars))
        let object: JSONObject = [
            "t": .string(text), "n": .integer(Int64.random(in: -(1 << 53)...(1 << 53), using: &random)),
        ]
        #expect(try JSONParser.object(CanonicalJSON.encode(object)) == object)
    }

    @Test("control characters use the short forms") func escapes() {
        let object: JSONObject = ["t": "\u{08}\t\n\u{0C}\r\u{01}\u{1F}\"\\é"]
        #expect(CanonicalJSON.text(object) == #"{"t":"\b\t\n\f\r\u0001\u001f\"\\é"}"#)
    }

    @Test(
        "a document that is not strict JSON is refused",
        arguments: [
            #"{"a":1,"a":2}"#, #"{"a":1.5}"#, #"{"a":01}"#, #"{"a":}"#, #"{"a":1} x"#, #"{'a':1}"#, "{\"a\":\"\n\"}",
            #"{"a":"\ud800"}"#, #"{"a":9007199254740993}"#, "", "[1,2", String(repeating: "[", count: 40),
        ])
    func refused(text: String) {
        #expect(throws: MintmarkError.self) { try JSONParser.parse(Array(text.utf8)) }
    }

    @Test(
        "where fractions are asked for, they are read as they are written",
        arguments: ["1.5", "-0.25", "0.0", "1e3", "12.50E-2", "-7.25e+1"])
    func fractions(text: String) throws {
        let read = try JSONParser.object(Array("{\"a\":\(text),\"b\":7}".utf8), fractions: .asText)
        #expect(read == ["a": .string(text), "b": 7])
        #expect(throws: MintmarkError.self) { try JSONParser.parse(Array(text.utf8)) }
    }

    @Test(
        "what is no number is none with fractions either", arguments: ["1.", ".5", "1.e2", "1e", "-0", "01.5", "1.5.2"])
    func noFraction(text: String) {
        #expect(throws: MintmarkError.self) { try JSONParser.parse(Array(text.utf8), fractions: .asText) }
    }
}
