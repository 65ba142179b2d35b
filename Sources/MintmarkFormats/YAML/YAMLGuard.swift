// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore
internal import Yams

/// Finds what may not stand in our files before the library acts on it.
///
/// The library resolves aliases while it reads and hashes every key, so an alias or a map used as a key can keep it
/// busy for hours. Here it first reads a copy of the text in which neither can be: `*` and `?` are replaced by letters
/// (no alias, no explicit key) and braces by brackets (no flow map, whose members all are keys). The copy has the
/// same tokens up to the first sign that we refuse, and the original's character at that node's place tells which it
/// was. A text that passes has no anchor, alias or tag, and no key but text.
struct YAMLGuard {
    /// `*` and `?` in the copy: two characters that `PlainText` lets into no file.
    private static let star: Unicode.Scalar = "\u{E000}"
    private static let question: Unicode.Scalar = "\u{E001}"
    /// A flow map of the file is a list of one-member maps in the copy.
    private static let maximumDepth = 2 * YAMLDocument.maximumDepth + 1

    private let text: PlainText

    /// - Throws: the refusal of the first thing that may not be, or of text that is no YAML.
    static func check(_ text: PlainText) throws(MintmarkError) {
        let guardian = YAMLGuard(text: text)
        let copy = masked(text) { scalar in
            switch scalar {
            case "{": "["
            case "}": "]"
            default: scalar
            }
        }
        if let root = try YAMLProblem.compose(copy, of: text) { try guardian.visit(root, depth: 0) }
    }

    /// The text as the library may read it once it passed; `unmasked` undoes it.
    static func masked(_ text: PlainText, also change: (Unicode.Scalar) -> Unicode.Scalar = { $0 }) -> String {
        var copy = String.UnicodeScalarView()
        for scalar in text.scalars { copy.append(scalar == "*" ? star : scalar == "?" ? question : change(scalar)) }
        return String(copy)
    }

    static func unmasked(_ text: String) -> String {
        var copy = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { copy.append(scalar == star ? "*" : scalar == question ? "?" : scalar) }
        return String(copy)
    }

    private func visit(_ node: Node, depth: Int) throws(MintmarkError) {
        let spot = PlainText.Spot(node.mark)
        if let sign = spot.flatMap(sign) {
            throw text.refusal(spot, found: sign, expected: "a plain value (in quotes if it is text)")
        }
        guard depth <= Self.maximumDepth else {
            throw text.refusal(
                spot, found: "nesting deeper than \(YAMLDocument.maximumDepth)",
                expected: "maps and lists in a few levels")
        }
        switch node {
        case .scalar, .alias: break
        case .sequence(let items):
            let isMap = spot.flatMap(text.scalar) == "{"
            for item in items {
                try visit(item, depth: depth + 1)
                if isMap, case .sequence = item { throw refusalOfKey(item) }
            }
        case .mapping(let members):
            for (key, value) in members {
                try visit(key, depth: depth + 1)
                guard case .scalar = key else { throw refusalOfKey(key) }
                try visit(value, depth: depth + 1)
            }
        }
    }

    private func refusalOfKey(_ key: Node) -> MintmarkError {
        text.refusal(PlainText.Spot(key.mark), found: "a list or map as a key", expected: "a name")
    }

    /// No plain value begins with these characters, so at a node's beginning they are what they look like.
    private func sign(at spot: PlainText.Spot) -> String? {
        switch text.scalar(at: spot) {
        case "&": "an anchor"
        case "*": "an alias"
        case "!": "a tag"
        case "?": "an explicit key"
        default: nil
        }
    }
}
