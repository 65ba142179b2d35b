// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore
internal import Yams

/// The library's errors in our words: it likes to repeat the file's text, which we do not.
enum YAMLProblem {
    /// The only document in `copy`, a copy of `text` with the same lines and columns; nil when there is none.
    static func compose(_ copy: String, of text: PlainText) throws(MintmarkError) -> Node? {
        do {
            return try Parser(yaml: copy, resolver: .basic, encoding: .utf8).singleRoot()
        } catch {
            throw refusal(of: error, text)
        }
    }

    private static func refusal(of error: any Error, _ text: PlainText) -> MintmarkError {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _):
            let spot = PlainText.Spot(mark)
            if problem.hasPrefix("Maximum nesting level") {
                return text.refusal(
                    spot, found: "nesting deeper than \(YAMLDocument.maximumDepth)",
                    expected: "maps and lists in a few levels")
            }
            if problem.hasPrefix("found character that cannot start"), let scalar = text.scalar(at: spot) {
                return scalar == "\t"
                    ? text.refusal(spot, found: "a tab", expected: "blanks")
                    : text.refusal(
                        spot, found: "\(String(scalar).quoted) where a value begins", expected: "it in quotes")
            }
            return text.refusal(spot, found: "what is not YAML (\(problem))", expected: "keys and values")
        case .composer(_, _, let mark, _):
            return text.refusal(PlainText.Spot(mark), found: "a second document", expected: "one")
        case .duplicatedKeysInMapping(let names, let context):
            let name = YAMLGuard.unmasked(names.first ?? "").quoted
            return text.refusal(
                PlainText.Spot(context.mark), found: "the key \(name) twice in one map", expected: "it once")
        default:
            return text.refusal(nil, found: "what is not YAML", expected: "keys and values")
        }
    }
}

extension PlainText.Spot {
    init(_ mark: Mark) { self.init(line: mark.line, column: mark.column) }

    init?(_ mark: Mark?) {
        guard let mark else { return nil }
        self.init(mark)
    }
}
