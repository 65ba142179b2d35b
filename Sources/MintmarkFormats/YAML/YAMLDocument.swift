// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore
internal import Yams

/// Reads the part of YAML that configuration files may use: maps, lists and scalars that are taken as text.
package enum YAMLDocument {
    package static let maximumSize = 1 << 20
    package static let maximumDepth = 16

    /// Anchors, aliases, tags, merge keys, duplicate keys, several documents and non-text keys are refused.
    ///
    /// - Throws: `.badStationFile` or `.badTemplate` as `code` says, with file, line and column.
    package static func parse(
        _ bytes: [UInt8], file: String, code: MintmarkError.Code
    ) throws(MintmarkError) -> ConfigNode {
        func refuse(_ spot: Spot?, _ what: String) -> MintmarkError {
            let place = ConfigPlace(file: file, line: spot?.line ?? 1, column: spot?.column ?? 1)
            return MintmarkError(code, "\(place): \(what)", next: "Correct the file at that place.")
        }
        guard bytes.count <= maximumSize else {
            throw refuse(nil, "found \(bytes.count) bytes, expected at most \(maximumSize)")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw refuse(nil, "found bytes that are not UTF-8")
        }
        if text.unicodeScalars.first == "\u{FEFF}" {
            throw refuse(nil, "found a byte order mark, expected plain UTF-8")
        }
        // An alias can stand for a tree of a billion nodes, so none gets as far as the composer.
        if let sign = YAMLGuard.firstSign(in: bytes) {
            throw refuse(
                Spot(line: sign.line, column: sign.column),
                "found \(sign.name), expected a plain value (quote it if it is text)")
        }
        let root: Node?
        do {
            root = try Parser(yaml: text, resolver: .basic).singleRoot()
        } catch {
            throw refuse(Spot(error), YAMLProblem.text(of: error))
        }
        guard let root else { throw refuse(nil, "found an empty file, expected a map") }
        return try node(root, depth: 0, file: file, refuse: refuse)
    }

    private static func node(
        _ node: Node, depth: Int, file: String, refuse: (Spot?, String) -> MintmarkError
    ) throws(MintmarkError) -> ConfigNode {
        guard depth < maximumDepth else { throw refuse(Spot(node.mark), "found nesting deeper than \(maximumDepth)") }
        let place = ConfigPlace(file: file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
        switch node {
        case .scalar(let scalar): return ConfigNode(.scalar(scalar.string), at: place)
        case .alias(let alias): throw refuse(Spot(alias.mark), "found an alias, expected a value")
        case .sequence(let sequence):
            var items: [ConfigNode] = []
            for item in sequence { items.append(try self.node(item, depth: depth + 1, file: file, refuse: refuse)) }
            return ConfigNode(.list(items), at: place)
        case .mapping(let mapping):
            var members: [ConfigMember] = []
            for (key, value) in mapping {
                guard case .scalar(let name) = key else { throw refuse(Spot(key.mark), "found a key that is no text") }
                guard name.string != "<<" else { throw refuse(Spot(key.mark), "found a merge key, expected a name") }
                members.append(
                    ConfigMember(
                        key: name.string,
                        place: ConfigPlace(file: file, line: key.mark?.line ?? 1, column: key.mark?.column ?? 1),
                        value: try self.node(value, depth: depth + 1, file: file, refuse: refuse)))
            }
            return ConfigNode(.map(members), at: place)
        }
    }
}

/// Line and column, both from 1.
private struct Spot {
    let line: Int
    let column: Int

    init(line: Int, column: Int) { (self.line, self.column) = (line, column) }

    init?(_ mark: Mark?) {
        guard let mark else { return nil }
        self.init(line: mark.line, column: mark.column)
    }

    /// Where an error of the library says it is.
    init?(_ error: any Error) {
        switch error as? YamlError {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): self.init(mark)
        case .duplicatedKeysInMapping(_, let context): self.init(context.mark)
        default: return nil
        }
    }
}

/// The library's errors in our words, without the file's text that it likes to repeat.
private enum YAMLProblem {
    static func text(of error: any Error) -> String {
        switch error as? YamlError {
        case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _),
            .reader(let problem, _, _, _):
            problem
        case .duplicatedKeysInMapping(let names, _):
            "found the key \"\(names.joined(separator: "\", \""))\" twice in one map, expected it once"
        default: "not readable as YAML"
        }
    }
}
