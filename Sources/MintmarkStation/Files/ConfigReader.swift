// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// Reads one configuration file key by key and collects every problem, each with its place.
///
/// Keys are asked for by name; what was never asked for is unknown. `finish` tells of all problems at once.
final class ConfigReader {
    private var problems: [String] = []
    private let code: MintmarkError.Code

    init(code: MintmarkError.Code) { self.code = code }

    func report(_ place: ConfigPlace, found: String, expected: String) {
        problems.append("\(place): found \(found), expected \(expected)")
    }

    /// - Throws: the collected problems as one error, one line each.
    func finish() throws(MintmarkError) {
        guard !problems.isEmpty else { return }
        throw MintmarkError(code, problems.joined(separator: "\n"), next: "Correct the file at that place.")
    }

    /// The node as a map whose keys must be among `keys`; `unused` are keys of the format this version does not use.
    func map(_ node: ConfigNode, _ what: String, keys: [String], unused: [String] = []) -> ConfigMap {
        guard case .map(let members) = node.content else {
            report(node.place, found: kind(node), expected: "\(what), a map with \(keys.joined(separator: ", "))")
            return ConfigMap(reader: self, place: node.place, members: [:])
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
                    member.place, found: "the unknown key \"\(member.key.prefix(40))\"",
                    expected: "one of \(keys.joined(separator: ", "))\(near)")
            }
        }
        return ConfigMap(reader: self, place: node.place, members: known)
    }

    func text(_ node: ConfigNode, _ what: String) -> String? {
        guard case .scalar(let text) = node.content, !text.isEmpty else {
            report(node.place, found: kind(node), expected: what)
            return nil
        }
        return text
    }

    func list(_ node: ConfigNode, _ what: String) -> [ConfigNode] {
        guard case .list(let items) = node.content else {
            report(node.place, found: kind(node), expected: what)
            return []
        }
        return items
    }

    private func kind(_ node: ConfigNode) -> String {
        switch node.content {
        case .scalar(let text): text.isEmpty ? "nothing" : "\"\(text.prefix(40))\""
        case .list: "a list"
        case .map: "a map"
        }
    }
}

/// A map being read.
struct ConfigMap {
    let reader: ConfigReader
    let place: ConfigPlace
    fileprivate let members: [String: ConfigNode]

    fileprivate init(reader: ConfigReader, place: ConfigPlace, members: [String: ConfigNode]) {
        self.reader = reader
        self.place = place
        self.members = members
    }

    func optional(_ key: String) -> ConfigNode? { members[key] }

    func required(_ key: String, _ what: String) -> ConfigNode? {
        guard let node = members[key] else {
            reader.report(place, found: "no \"\(key)\"", expected: what)
            return nil
        }
        return node
    }

    /// A required text that `isValid`; nil after a problem was reported.
    func text(_ key: String, _ what: String, where isValid: (String) -> Bool = { _ in true }) -> String? {
        required(key, what).flatMap { checked($0, what, isValid) }
    }

    func optionalText(_ key: String, _ what: String, where isValid: (String) -> Bool = { _ in true }) -> String? {
        optional(key).flatMap { checked($0, what, isValid) }
    }

    /// A word of a closed list.
    func choice<Choice: RawRepresentable<String> & CaseIterable>(_ key: String, _: Choice.Type) -> Choice? {
        let words = Choice.allCases.map(\.rawValue).joined(separator: " or ")
        return required(key, words).flatMap { choice($0, words) }
    }

    func optionalChoice<Choice: RawRepresentable<String> & CaseIterable>(
        _ key: String, or standard: Choice
    ) -> Choice {
        let words = Choice.allCases.map(\.rawValue).joined(separator: " or ")
        return optional(key).flatMap { choice($0, words) } ?? standard
    }

    private func choice<Choice: RawRepresentable<String>>(_ node: ConfigNode, _ words: String) -> Choice? {
        guard let text = reader.text(node, words) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            reader.report(node.place, found: "\"\(text.prefix(40))\"", expected: words)
            return nil
        }
        return choice
    }

    private func checked(_ node: ConfigNode, _ what: String, _ isValid: (String) -> Bool) -> String? {
        guard let text = reader.text(node, what) else { return nil }
        guard isValid(text) else {
            reader.report(node.place, found: "\"\(text.prefix(40))\"", expected: what)
            return nil
        }
        return text
    }
}
