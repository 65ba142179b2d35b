// SPDX-License-Identifier: Apache-2.0

/// A piece of an HTML page.
///
/// One page needs a handful of elements and no template language. As a tree of values it is always nested right, and a
/// text can only become text: names of elements and attributes are literals of this program, everything else is
/// escaped when it is written.
indirect enum HTML: ExpressibleByStringLiteral {
    /// Words of ours.
    case text(String)
    /// Words of somebody else, set apart from the direction of the text around them (`bdi`). Characters that nobody sees
    /// or that turn the direction of others are written out, so that what is printed is what was recorded.
    case foreign(String)
    case element(StaticString, [Attribute], [HTML])
    /// A style sheet of ours, as it stands.
    case style([UInt8])

    struct Attribute {
        let name: StaticString
        let value: String

        init(_ name: StaticString, _ value: String) { (self.name, self.value) = (name, value) }
    }

    init(stringLiteral text: String) { self = .text(text) }

    static func tag(_ name: StaticString, _ content: HTML...) -> HTML { .element(name, [], content) }

    static func tag(_ name: StaticString, class style: String, _ content: HTML...) -> HTML {
        .element(name, [Attribute("class", style)], content)
    }

    /// The whole document, with its doctype.
    static func page(_ root: HTML) -> [UInt8] {
        var bytes = Array("<!DOCTYPE html>\n".utf8)
        root.write(to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }

    private func write(to bytes: inout [UInt8]) {
        switch self {
        case .text(let text): Self.escape(text, to: &bytes)
        case .foreign(let text):
            bytes += "<bdi>".utf8
            Self.escape(Self.visible(text), to: &bytes)
            bytes += "</bdi>".utf8
        case .style(let sheet):
            bytes += "<style>\n".utf8
            bytes += sheet
            bytes += "</style>".utf8
        case .element(let name, let attributes, let content):
            bytes += "<\(name)".utf8
            for attribute in attributes {
                bytes += " \(attribute.name)=\"".utf8
                Self.escape(attribute.value, to: &bytes)
                bytes += "\"".utf8
            }
            if Self.isVoid(name) {
                bytes += "/>\n".utf8
                return
            }
            bytes += ">".utf8
            for piece in content { piece.write(to: &bytes) }
            bytes += "</\(name)>".utf8
            if Self.isBlock(name) { bytes += "\n".utf8 }
        }
    }

    /// The five characters that mean something in HTML, also inside of quotes.
    private static func escape(_ text: String, to bytes: inout [UInt8]) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): bytes += "&amp;".utf8
            case UInt8(ascii: "<"): bytes += "&lt;".utf8
            case UInt8(ascii: ">"): bytes += "&gt;".utf8
            case UInt8(ascii: "\""): bytes += "&quot;".utf8
            case UInt8(ascii: "'"): bytes += "&#39;".utf8
            default: bytes.append(byte)
            }
        }
    }

    /// Controls, formats (marks of direction, characters without width), line breaks of Unicode, unassigned and private
    /// characters as `\u{202E}`.
    private static func visible(_ text: String) -> String {
        var shown = ""
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse, .surrogate:
                shown += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            default: shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }

    private static func isVoid(_ name: StaticString) -> Bool { "\(name)" == "meta" }

    private static func isBlock(_ name: StaticString) -> Bool {
        !["bdi", "code", "strong", "span"].contains("\(name)")
    }
}
