// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// A map of a configuration file, being read. What is not as it should be is reported to `reader`.
struct ConfigMap {
    let reader: ConfigReader
    let place: ConfigPlace
    /// Nil where something else than a map stands: that is reported already, so nothing is missed in it.
    let members: [String: ConfigNode]?

    func optional(_ key: String) -> ConfigNode? { members?[key] }

    func required(_ key: String, _ what: String) -> ConfigNode? {
        if let members, members[key] == nil { reader.report(place, found: "no \"\(key)\"", expected: what) }
        return members?[key]
    }

    /// A required text that `isValid`; nil after a problem was reported.
    func text(_ key: String, _ what: String, where isValid: (String) -> Bool = { _ in true }) -> String? {
        required(key, what).flatMap { reader.text($0, what, where: isValid) }
    }

    func optionalText(_ key: String, _ what: String, where isValid: (String) -> Bool = { _ in true }) -> String? {
        optional(key).flatMap { reader.text($0, what, where: isValid) }
    }

    /// A word of a closed list; `later` are words that the format has and this version does not support.
    func choice<Choice: ConfigWord>(_ key: String, _: Choice.Type, later: [String] = []) -> Choice? {
        required(key, Choice.words).flatMap { reader.choice($0, later: later) }
    }

    func optionalChoice<Choice: ConfigWord>(_ key: String, or standard: Choice, later: [String] = []) -> Choice {
        optional(key).flatMap { reader.choice($0, later: later) } ?? standard
    }
}

/// A word of a closed list.
typealias ConfigWord = RawRepresentable<String> & CaseIterable

extension CaseIterable where Self: RawRepresentable<String> {
    /// `us, cn or eu`
    static var words: String {
        let words = allCases.map(\.rawValue)
        return words.count < 2
            ? words.joined() : "\(words.dropLast().joined(separator: ", ")) or \(words.suffix(1).joined())"
    }
}

extension ConfigReader {
    /// The node's text if it `isValid`; nil after a problem was reported. An address with a password is not repeated.
    func text(_ node: ConfigNode, _ what: String, where isValid: (String) -> Bool) -> String? {
        guard let text = text(node, what) else { return nil }
        guard isValid(text) else {
            report(node.place, found: text.contains("@") ? "a text with @" : text.quoted, expected: what)
            return nil
        }
        return text
    }

    func choice<Choice: ConfigWord>(_ node: ConfigNode, later: [String] = []) -> Choice? {
        guard let text = text(node, Choice.words) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            let note = later.contains(text) ? "; \(text) is not supported by this version" : ""
            report(node.place, found: text.quoted, expected: Choice.words + note)
            return nil
        }
        return choice
    }
}
