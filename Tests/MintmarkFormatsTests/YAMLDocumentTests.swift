// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkFormats
import TestSupport
import Testing

@Suite("YAMLDocument")
struct YAMLDocumentTests {
    private func parse(_ text: String) throws(MintmarkError) -> ConfigNode {
        try YAMLDocument.parse(Array(text.utf8), file: "f.yaml", code: .badStationFile)
    }

    private func scalar(_ text: String) throws -> String? {
        guard case .map(let members) = try parse(text).content, case .scalar(let value) = members[0].value.content
        else {
            return nil
        }
        return value
    }

    @Test(
        "scalars are text as written: zeros, words and numbers stay",
        arguments: ["00012345", "no", "1.0", "~", "true", "0x1F"])
    func scalars(value: String) throws {
        #expect(try scalar("k: \(value)") == value)
        #expect(try scalar("k: \"\(value)\"\r\n") == value)
    }

    @Test("places are line and column, both from 1")
    func places() throws {
        guard case .map(let members) = try parse("a: 1\nb:\n  - c: 2\n").content,
            case .list(let items) = members[1].value.content
        else { throw POSIX.unexpected }
        #expect(members[1].place == ConfigPlace(file: "f.yaml", line: 2, column: 1))
        #expect(items[0].place == ConfigPlace(file: "f.yaml", line: 3, column: 5))
    }

    private enum POSIX: Error { case unexpected }

    @Test(
        "what is more than maps, lists and text is refused with its place",
        arguments: [
            ("a: &x 1", "f.yaml:1:4: found an anchor"), ("a: 1\nb: *x", "f.yaml:2:4: found an alias"),
            ("a: !!int 1", "f.yaml:1:4: found a tag"), ("a: 1\na: 2", "found the key \"a\" twice"),
            ("a: 1\n---\nb: 2", "f.yaml:2:1:"), ("a:\n  <<: b", "f.yaml:2:3: found a merge key"),
            ("a: [1", "f.yaml:"), ("\u{FEFF}a: 1", "found a byte order mark"), ("", "found an empty file"),
            ("? [a]\n: 1", "found a key that is no text"),
            (String(repeating: "- ", count: 20) + "a", "found nesting deeper than 16"),
        ])
    func refused(text: String, message: String) {
        let error = #expect(throws: MintmarkError.self) { try parse(text) }
        #expect(error?.code == .badStationFile && error?.what.contains(message) == true, "\(error?.what ?? "")")
    }

    @Test("the signs are letters like any other inside text")
    func signs() throws {
        #expect(try scalar("odm: Acme & Sons *new* !") == "Acme & Sons *new* !")
        #expect(try scalar("odm: '*'") == "*")
        #expect(try scalar("odm: |\n  &a\n  *b\n") == "&a\n*b\n")
    }

    @Test("a bomb of aliases is refused before it is unfolded, also as a key")
    func bomb() {
        let levels = (1...8).map { level in
            "l\(level): &l\(level) [\(Array(repeating: "*l\(level - 1)", count: 9).joined(separator: ","))]"
        }
        let error = #expect(throws: MintmarkError.self) {
            try parse("l0: &l0 [x]\n" + levels.joined(separator: "\n") + "\n? *l8\n: 1")
        }
        #expect(error?.what == "f.yaml:1:5: found an anchor, expected a plain value (quote it if it is text)")
    }

    @Test("no mutation of a good file does more than throw", arguments: 0..<300 as Range<UInt64>)
    func mutated(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var bytes = Array("station: a\nslots:\n  - { name: A1, port: \"/dev/x\" }\nkind: 'label' # note\n".utf8)
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            let index = Int.random(in: bytes.indices, using: &random)
            switch Int.random(in: 0...2, using: &random) {
            case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: index)
            default: bytes.insert(UInt8.random(in: 0...127, using: &random), at: index)
            }
        }
        let result = Result { () throws(MintmarkError) in
            try YAMLDocument.parse(bytes, file: "f.yaml", code: .badStationFile)
        }
        if case .failure(let error) = result { #expect(error.what.hasPrefix("f.yaml:"), "\(error.what)") }
    }
}
