// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkFormats
import TestSupport
import Testing

@Suite("YAML within our limits")
struct YAMLDocumentTests {
    /// The texts of a map's members, by key.
    private func texts(_ text: String) throws -> [String: String] {
        guard case .map(let members) = try Reading.yaml(text).content else { return [:] }
        return Dictionary(
            uniqueKeysWithValues: members.map { member in
                if case .scalar(let text) = member.value.content { (member.key, text) } else { (member.key, "?") }
            })
    }

    @Test(
        "every scalar is text, as it stands",
        arguments: [
            ("00012345", "00012345"), ("no", "no"), ("true", "true"), ("1.0", "1.0"), ("~", "~"), ("0x1F", "0x1F"),
            ("1_000", "1_000"),
            ("2025-03-04", "2025-03-04"), ("null", "null"), ("", ""), ("\"a b\"", "a b"), ("'it''s'", "it's"),
            ("\"\\u00e9\"", "é"), ("a*b?c&d!e", "a*b?c&d!e"), ("\"*a ?\"", "*a ?"), ("x # *a &b", "x"),
            ("x # it's", "x"), ("1e3", "1e3"), ("=", "="), ("{}", "?"), ("AT&T", "AT&T"), ("a - *b", "a - *b"),
            ("|\n    &a *b\n", "&a *b\n"), ("'&a {*b}'", "&a {*b}"), ("\u{1F600}", "\u{1F600}"),
        ])
    func scalars(written: String, read: String) throws {
        #expect(try texts("a: 1\nk: \(written)\nz: 2\n") == ["a": "1", "k": read, "z": "2"])
    }

    @Test("every value and key has its line and column", arguments: ["\n", "\r\n", "\r"])
    func places(end: String) throws {
        let node = try Reading.yaml(["# c", "a: 1", "b:", "  - x", "  - { é: y, c: z }", ""].joined(separator: end))
        guard case .map(let members) = node.content, case .list(let items) = members[1].value.content,
            case .map(let inner) = items[1].content
        else {
            Issue.record("\(node)")
            return
        }
        #expect(node.place.description == "f.yaml:2:1")
        #expect(members.map(\.place.description) == ["f.yaml:2:1", "f.yaml:3:1"])
        #expect(members[0].value.place.description == "f.yaml:2:4")
        #expect(items.map(\.place.description) == ["f.yaml:4:5", "f.yaml:5:5"])
        #expect(inner.map(\.value.place.description) == ["f.yaml:5:10", "f.yaml:5:16"])
    }

    @Test(
        "what a file may not have is refused with its place",
        arguments: [
            ("a: &x 1\n", "1:4: found an anchor, expected a plain value (in quotes if it is text)"),
            ("a: 1\nb: *x\n", "2:4: found an alias, expected a plain value (in quotes if it is text)"),
            ("a:\n  - *x\n", "2:5: found an alias, expected a plain value (in quotes if it is text)"),
            ("*x : 1\n", "1:1: found an alias, expected a plain value (in quotes if it is text)"),
            ("a: !!str 1\n", "1:4: found a tag, expected a plain value (in quotes if it is text)"),
            ("a: !!str \"1\"\n", "1:4: found a tag, expected a plain value (in quotes if it is text)"),
            ("a: ! 1\n", "1:4: found a tag, expected a plain value (in quotes if it is text)"),
            ("a: !!map { b: 1 }\n", "1:4: found a tag, expected a plain value (in quotes if it is text)"),
            ("a: [ x, !t y ]\n", "1:9: found a tag, expected a plain value (in quotes if it is text)"),
            (
                "? a\n: 1\n",
                "2:1: found what is not YAML (did not find expected <document start>), expected keys and values"
            ),
            ("a: { ? b : 1 }\n", "1:6: found an explicit key, expected a plain value (in quotes if it is text)"),
            ("[a]: 1\n", "1:1: found a list or map as a key, expected a name"),
            ("a: { { b: 1 }, c }\n", "1:6: found a list or map as a key, expected a name"),
            ("a: 1\n<<: { b: 1 }\n", "2:1: found a merge key, expected a name"),
            ("a: 1\nb: 2\na: 3\n", "1:1: found the key \"a\" twice in one map, expected it once"),
            ("a: { b*: 1, b*: 2 }\n", "1:6: found the key \"b*\" twice in one map, expected it once"),
            ("a: 1\n---\nb: 2\n", "2:1: found a second document, expected one"),
            ("", "1:1: found an empty file, expected a map"),
            ("# nothing\n", "1:1: found an empty file, expected a map"),
            ("\u{FEFF}a: 1\n", "1:1: found a byte order mark, expected plain UTF-8 text"),
            ("a: 1\nb: x\u{0}y\n", "2:5: found the control character U+0000, expected plain UTF-8 text"),
            ("a: \u{7F}\n", "1:4: found the control character U+007F, expected plain UTF-8 text"),
            ("a: x\u{2028}b: y\n", "1:5: found the control character U+2028, expected plain UTF-8 text"),
            ("a: \u{E000}\n", "1:4: found the character U+E000 that has no meaning, expected plain UTF-8 text"),
            ("a:\n\t- b\n", "2:1: found a tab, expected blanks"),
            ("a: @b\n", "1:4: found \"@\" where a value begins, expected it in quotes"),
            (
                "a: b: c\n",
                "1:5: found what is not YAML (mapping values are not allowed in this context), expected keys and values"
            ),
            ("a: \"b\n", "2:1: found what is not YAML (found unexpected end of stream), expected keys and values"),
            ("a: [b\n", "2:1: found what is not YAML (did not find expected ',' or ']'), expected keys and values"),
            ("a: {b]\n", "1:6: found what is not YAML (did not find expected ',' or '}'), expected keys and values"),
        ])
    func refused(text: String, problem: String) {
        #expect(Reading.problem { () throws(MintmarkError) in try Reading.yaml(text) } == "f.yaml:\(problem)")
    }

    @Test(
        "bytes that are not UTF-8 are refused at their place",
        arguments: [
            ([0x61, 0x3A, 0x20, 0xFF], "1:4"), ([0x61, 0x0A, 0xC3, 0xA9, 0xC3], "2:2"), ([0xED, 0xA0, 0x80], "1:1"),
            ([0xFF, 0xFE, 0x61, 0x00], "1:1"), ([0x0D, 0x0A, 0xC0, 0x80], "2:1"),
        ] as [([UInt8], String)])
    func notUTF8(bytes: [UInt8], place: String) {
        let problem = Reading.problem { () throws(MintmarkError) in
            try YAMLDocument.parse(bytes, file: "f", code: .badTemplate)
        }
        #expect(problem == "f:\(place): found a byte that is not UTF-8, expected UTF-8 text")
    }

    @Test("a file is at most 256 KiB long and 16 levels deep")
    func limits() throws {
        let full = "a: " + String(repeating: "x", count: YAMLDocument.maximumSize - 3)
        #expect(try texts(full)["a"]?.count == YAMLDocument.maximumSize - 3)
        #expect(
            Reading.problem { () throws(MintmarkError) in try Reading.yaml(full + "x") }
                == "f.yaml:1:1: found 262145 bytes, expected at most 262144")
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        _ = try Reading.yaml(nested(16))
        #expect(
            Reading.problem { () throws(MintmarkError) in try Reading.yaml(nested(17)) }
                == "f.yaml:1:17: found nesting deeper than 16, expected maps and lists in a few levels")
        _ = try Reading.yaml("a: " + String(repeating: "{ b: ", count: 14) + "1" + String(repeating: " }", count: 14))
    }

    /// Ten lines that stand for nine to the power of eight values.
    private static let bomb =
        "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
        + (1...8).map { "a\($0): &a\($0) [\(Array(repeating: "*a\($0 - 1)", count: 9).joined(separator: ","))]\n" }
        .joined()
    private static let hostileTexts: [(String, String)] = [
        ("an alias bomb", bomb),
        ("a bomb as a key", bomb + "? *a8\n: 1\n"),
        ("a bomb as a simple key", bomb + "*a8 : 1\n"),
        ("a bomb behind a quote that opens nothing", "z: x\n  'tis\n" + bomb),
        ("a bomb behind a comment", "# it's \"x |\n" + bomb),
        (
            "a bomb in a flow map",
            "{ x: \"\\\"\", " + bomb.split(separator: "\n").joined(separator: ", ") + ", *a8 : 1 }"
        ),
        ("keys in keys", (0..<900).reduce("[\(String(repeating: "1,", count: 100_000))]") { text, _ in "{\(text)}" }),
        (
            "explicit keys in keys",
            (0..<900).reduce("[\(String(repeating: "1,", count: 100_000))]") { text, _ in "{? \(text) : 1}" }
        ),
        ("brackets that never close", String(repeating: "[", count: 262_144)),
        ("braces that never close", String(repeating: "{", count: 262_144)),
        ("nothing but dashes", String(repeating: "- ", count: 131_072)),
        ("nothing but question marks", String(repeating: "? ", count: 131_072)),
        ("a quote that never closes", "a: \"" + String(repeating: "\n", count: 262_000)),
        ("one long key", String(repeating: "k", count: 262_000)),
    ]

    @Test("hostile text is refused at once", arguments: 0..<hostileTexts.count)
    func hostile(number: Int) {
        let (name, text) = Self.hostileTexts[number]
        var problem: String?
        let time = processorTime {
            problem = Reading.problem { () throws(MintmarkError) in try Reading.yaml(text) }
        }
        #expect(problem != nil || name == "one long key", "\(name)")
        // An unoptimised parser is three times slower than the one that ships.
        #expect(time < .seconds(2), "\(name): \(time)")
    }

    @Test("an alias bomb is refused in milliseconds")
    func bombTime() {
        let time = processorTime {
            let problem = Reading.problem { () throws(MintmarkError) in try Reading.yaml(Self.bomb) }
            #expect(problem == "f.yaml:1:5: found an anchor, expected a plain value (in quotes if it is text)")
        }
        #expect(time < .milliseconds(50), "\(time)")
    }

    @Test("a damaged file is read or refused with a place, within a second", arguments: 0..<300 as Range<UInt64>)
    func mutation(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var bytes = Array((Reading.goodStation + Reading.goodTemplate + Self.bomb).utf8)
        let pieces = [
            "&a ", "*a", "? ", "{", "}", "[", "]", "\"", "'", "|\n", "- ", ": ", "!!x ", "\n---\n", "\r", "\t", "<<",
            "#", "\\", "é",
        ]
        for _ in 0..<Int.random(in: 1...8, using: &random) {
            let at = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1...20, using: &random)))
            case 2: bytes.insert(contentsOf: pieces.randomElement(using: &random)?.utf8 ?? "".utf8, at: at)
            default:
                let to = min(bytes.count, at + Int.random(in: 1...60, using: &random))
                bytes.insert(contentsOf: bytes[at..<to], at: Int.random(in: 0..<bytes.count, using: &random))
            }
        }
        let time = processorTime {
            let problem = Reading.problem { () throws(MintmarkError) in
                let node = try YAMLDocument.parse(bytes, file: "s.yaml", code: .badStationFile)
                _ = Reading.problem { () throws(MintmarkError) in try Reading.station(node: node) }
            }
            #expect(problem?.hasPrefix("s.yaml:") ?? true, "\(problem ?? "")")
            #expect(problem?.contains(", expected ") ?? true, "\(problem ?? "")")
        }
        #expect(time < .seconds(1))
    }
}
