// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkFormats
import TestSupport
import Testing

@Suite("CSV files")
struct CSVDocumentTests {
    private func rows(_ text: String) throws -> [[String]] {
        guard case .list(let rows) = try Reading.csv(text).content else { return [] }
        return rows.map { row in
            guard case .list(let fields) = row.content else { return [] }
            return fields.map { field in if case .scalar(let text) = field.content { text } else { "?" } }
        }
    }

    @Test(
        "fields are read as RFC 4180 writes them",
        arguments: [
            ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]), ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
            ("a,b\r1,2", [["a", "b"], ["1", "2"]]), ("a\n\n\nb\n", [["a"], ["b"]]), ("", []),
            ("\"a\",\"b,c\"\n", [["a", "b,c"]]), ("\"say \"\"x\"\"\"\n", [["say \"x\""]]), ("a,,\n", [["a", "", ""]]),
            ("\"two\nlines\",x\n", [["two\nlines", "x"]]), ("\"\"", [[""]]), (" a , b \n", [[" a ", " b "]]),
        ])
    func fields(text: String, expected: [[String]]) throws {
        #expect(try rows(text) == expected)
    }

    @Test("every field has its line and column, behind quotes and line ends too")
    func places() throws {
        guard case .list(let rows) = try Reading.csv("é,b\r\n\n\"x\r\ny\",z\rq,\"r\"\n").content else { return }
        let places = rows.flatMap { row in
            if case .list(let fields) = row.content {
                fields.map { "\($0.place.line):\($0.place.column)" }
            } else {
                [""]
            }
        }
        #expect(places == ["1:1", "1:3", "3:1", "4:4", "5:1", "5:3"])
    }

    @Test(
        "a damaged file is refused with the place",
        arguments: [
            ("a,b\n1,x\"y\n", "2:4: found a quote inside a field, expected the whole field in quotes"),
            ("a,\"b\n", "1:3: found a quote that is never closed, expected a closing quote"),
            ("\"a\"x,b\n", "1:4: found \"x\" behind a closing quote, expected a comma"),
            ("\u{FEFF}a,b\n", "1:1: found a byte order mark, expected plain UTF-8 text"),
            ("a\nb\u{1}\n", "2:2: found the control character U+0001, expected plain UTF-8 text"),
        ])
    func refused(text: String, problem: String) {
        #expect(Reading.problem { () throws(MintmarkError) in try Reading.csv(text) } == "p.csv:\(problem)")
    }

    @Test("what is written in quotes comes back as it was", arguments: 0..<50 as Range<UInt64>)
    func roundTrip(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let alphabet = ["a", "\"", ",", "\n", "\r\n", " ", "é", "\t", "😀"]
        let rows = (0..<4).map { _ in
            (0..<3).map { _ in
                (0..<Int.random(in: 0...6, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? "" }
                    .joined()
            }
        }
        let text = rows.map { row in row.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",") + "\n"
        }.joined()
        #expect(try self.rows(text) == rows)
    }
}
