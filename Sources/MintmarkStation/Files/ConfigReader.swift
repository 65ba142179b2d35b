// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// Reads one configuration file key by key and collects every problem, each with its place.
///
/// A key that nobody asks for is a problem too. `finish` tells of all at once, in the order of the file.
final class ConfigReader {
    /// What a person can take in at once; the rest is counted.
    private static let maximumShown = 20

    private var problems: [(place: ConfigPlace, text: String)] = []
    private let code: MintmarkError.Code

    init(code: MintmarkError.Code) { self.code = code }

    func report(_ place: ConfigPlace, found: String, expected: String) {
        problems.append((place, "\(place): found \(found), expected \(expected)"))
    }

    /// - Throws: the collected problems as one error, one line each.
    func finish() throws(MintmarkError) {
        guard let file = problems.first?.place.file else { return }
        // Problems of a second file, as properties.csv, stay behind those of the first.
        let sorted = problems.enumerated().sorted { left, right in
            func rank(_ item: (offset: Int, element: (place: ConfigPlace, text: String))) -> (Int, Int, Int, Int) {
                let place = item.element.place
                return (place.file == file ? 0 : 1, place.line, place.column, item.offset)
            }
            return rank(left) < rank(right)
        }
        var lines = sorted.prefix(Self.maximumShown).map(\.element.text)
        if sorted.count > lines.count { lines.append("and \(sorted.count - lines.count) more") }
        throw MintmarkError(code, lines.joined(separator: "\n"), next: "Correct the file at that place.")
    }

    /// The node as a map whose keys must be among `keys`; `unused` are keys of the format this version does not use.
    func map(_ node: ConfigNode, _ what: String, keys: [String], unused: [String] = []) -> ConfigMap {
        guard case .map(let members) = node.content else {
            report(node.place, found: kind(node), expected: "\(what), a map with \(keys.joined(separator: ", "))")
            return ConfigMap(reader: self, place: node.place, members: nil)
        }
        var known: [String: ConfigNode] = [:]
        for member in members {
            if keys.contains(member.key) {
                known[member.key] = member.value
            } else if unused.contains(member.key) {
                report(
                    member.place, found: "the key \"\(member.key)\"",
                    expected: "no such key: it is not used by this version")
            } else {
                let near = Spelling.nearest(to: member.key, in: keys).map { "; did you mean \"\($0)\"?" } ?? ""
                report(
                    member.place, found: "the unknown key \(member.key.quoted)",
                    expected: "one of \(keys.joined(separator: ", "))\(near)")
            }
        }
        return ConfigMap(reader: self, place: node.place, members: known)
    }

    /// The node's text; nil after a problem was reported.
    func text(_ node: ConfigNode, _ what: String) -> String? {
        guard case .scalar(let text) = node.content, !text.isEmpty else {
            report(node.place, found: kind(node), expected: what)
            return nil
        }
        // They come in by escapes, "\n", and would end up in paths, commands and messages.
        guard !text.unicodeScalars.contains(where: { $0.value < 32 || (127...159).contains($0.value) }) else {
            report(node.place, found: "a text with a control character", expected: what)
            return nil
        }
        return text
    }

    func list(_ node: ConfigNode, _ what: String) -> [ConfigNode] {
        guard case .list(let items) = node.content else {
            report(node.place, found: kind(node), expected: what)
            return []
        }
        if items.isEmpty { report(node.place, found: "an empty list", expected: what) }
        return items
    }

    /// Texts are not quoted: where a map or list was expected, anything may stand.
    private func kind(_ node: ConfigNode) -> String {
        switch node.content {
        case .scalar(let text): text.isEmpty ? "nothing" : "a text"
        case .list: "a list"
        case .map: "a map"
        }
    }
}
