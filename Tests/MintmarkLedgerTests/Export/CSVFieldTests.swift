// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkLedger
import TestSupport
import Testing

@Suite("CSVField")
struct CSVFieldTests {
    private static func cell(_ text: String) -> String {
        var buffer: [UInt8] = []
        Array(text.utf8).withUnsafeBytes { CSVField.append($0, to: &buffer) }
        return String(decoding: buffer, as: UTF8.self)
    }

    @Test(
        "a text that a spreadsheet could run gets an apostrophe, every other one stays as it is",
        arguments: [
            ("", ""), ("AC000W100000001", "AC000W100000001"), ("wd-000001", "wd-000001"), ("a=b+c@d", "a=b+c@d"),
            ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t'=1"), ("\r=1", "\"'\r'=1\""), ("\n=1", "\"'\n'=1\""),
            (" =1", " '=1"), ("   -1", "   '-1"), ("\u{A0}=1", "\u{A0}'=1"), ("\u{3000}=1", "\u{3000}'=1"),
            ("\u{2003}+1", "\u{2003}'+1"), ("\u{FEFF}@a", "\u{FEFF}'@a"), ("\u{7}=1", "\u{7}'=1"),
            ("\"=1", "\"\"\"'=1\""), ("'=1", "''=1"), ("\" '=1\"", "\"\"\" ''=1\"\"\""),
            ("＝1", "'＝1"), ("＋1", "'＋1"), ("－1", "'－1"), ("＠a", "'＠a"), ("ｶ", "ｶ"),
            ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("a\r\nb", "\"a\r\nb\""), ("-a,b", "\"'-a,b\""),
            ("x;=1", "x;'=1"), ("x; =1;y", "x; '=1;y"), ("x\t@y", "x\t'@y"), ("x\n+y", "\"x\n'+y\""), ("a;b", "a;b"),
            ("x;\"=1", "\"x;\"\"'=1\""), ("ä", "ä"), ("\u{FF}", "\u{FF}"),
        ])
    func table(text: String, cell: String) {
        #expect(Self.cell(text) == cell)
    }

    @Test(
        "no reader finds a formula, whatever it splits at, and only apostrophes were added",
        arguments: 0..<200 as Range<UInt64>)
    func anyText(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let letters = Array("=+-@\t\r\n ,;\"'a1＝\u{A0}\u{3000}")
        let text = String(
            (0..<Int.random(in: 0...12, using: &random)).compactMap { _ in letters.randomElement(using: &random) })
        let cell = Self.cell(text)
        let value = Self.unquoted(cell)
        var rest = value.unicodeScalars[...]
        for scalar in text.unicodeScalars {
            while let first = rest.first, first != scalar, first == "'" { rest = rest.dropFirst() }
            #expect(rest.popFirst() == scalar, "\(text.debugDescription) became \(cell.debugDescription)")
        }
        // A reader that knows our quotes, one that splits at TAB or `;` whatever stands around, one that goes by lines.
        let cells = [value] + cell.unicodeScalars.split { ";\t\r\n".unicodeScalars.contains($0) }.map { String($0) }
        for cell in cells {
            let start = cell.unicodeScalars.drop { $0 == " " || $0 == "\"" || $0 == "\u{A0}" || $0 == "\u{3000}" }.first
            #expect(start.map { !"=+-@＝".unicodeScalars.contains($0) } ?? true, "\(text.debugDescription)")
        }
    }

    /// What a reader of RFC 4180 makes of a field.
    private static func unquoted(_ cell: String) -> String {
        guard cell.unicodeScalars.first == "\"" else { return cell }
        var scalars = Array(cell.unicodeScalars.dropFirst())
        scalars.removeLast()
        var value = String.UnicodeScalarView()
        var index = 0
        while index < scalars.count {
            value.append(scalars[index])
            index += scalars[index] == "\"" ? 2 : 1
        }
        return String(value)
    }
}
