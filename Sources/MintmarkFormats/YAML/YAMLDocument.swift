// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore
internal import Yams

/// Reads the part of YAML that configuration files may use: maps, lists, and scalars that are all taken as text.
package enum YAMLDocument {
    /// In bytes; a station of a thousand slots takes a quarter of it.
    package static let maximumSize = 256 * 1024
    package static let maximumDepth = 16

    /// Anchors, aliases, tags, merge keys, duplicate keys, keys that are no text and several documents are refused,
    /// and so is text that is not plain UTF-8.
    ///
    /// - Throws: an error of `code` with file, line, column, what was found and what was expected.
    package static func parse(
        _ bytes: [UInt8], file: String, code: MintmarkError.Code
    ) throws(MintmarkError) -> ConfigNode {
        let text = try PlainText(bytes, file: file, code: code, maximumSize: maximumSize)
        try YAMLGuard.check(text)
        guard let root = try YAMLProblem.compose(YAMLGuard.masked(text), of: text) else {
            throw text.refusal(nil, found: "an empty file", expected: "a map")
        }
        return try node(root, depth: 0, text)
    }

    private static func node(_ node: Node, depth: Int, _ text: PlainText) throws(MintmarkError) -> ConfigNode {
        let spot = PlainText.Spot(node.mark)
        guard depth < maximumDepth else {
            throw text.refusal(
                spot, found: "nesting deeper than \(maximumDepth)", expected: "maps and lists in a few levels")
        }
        switch node {
        case .scalar(let scalar): return ConfigNode(.scalar(YAMLGuard.unmasked(scalar.string)), at: text.place(spot))
        case .alias: throw text.refusal(spot, found: "an alias", expected: "a plain value")
        case .sequence(let sequence):
            var items: [ConfigNode] = []
            for item in sequence { items.append(try self.node(item, depth: depth + 1, text)) }
            return ConfigNode(.list(items), at: text.place(spot))
        case .mapping(let mapping):
            var members: [ConfigMember] = []
            for (key, value) in mapping {
                let keySpot = PlainText.Spot(key.mark)
                guard case .scalar(let name) = key else {
                    throw text.refusal(keySpot, found: "a list or map as a key", expected: "a name")
                }
                guard name.string != "<<" else {
                    throw text.refusal(keySpot, found: "a merge key", expected: "a name")
                }
                members.append(
                    ConfigMember(
                        key: YAMLGuard.unmasked(name.string), place: text.place(keySpot),
                        value: try self.node(value, depth: depth + 1, text)))
            }
            return ConfigNode(.map(members), at: text.place(spot))
        }
    }
}
