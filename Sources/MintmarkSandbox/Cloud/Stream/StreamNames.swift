// SPDX-License-Identifier: Apache-2.0

/// Names that a rule or a subscription is for: `*` for all, or a list with commas.
struct StreamNames: Sendable, Equatable {
    let text: String

    init(_ text: String) { self.text = text }

    func contains(_ name: String) -> Bool { text == "*" || names.contains(name) }

    /// Whether whatever the other names is among these.
    func covers(_ other: StreamNames) -> Bool {
        text == "*" || other.text != "*" && other.names.allSatisfy { names.contains($0) }
    }

    private var names: [String] { text.split(separator: ",").map { String($0.drop { $0 == " " }) } }
}
