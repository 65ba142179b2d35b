// SPDX-License-Identifier: Apache-2.0

/// What one comparison of a twin with its template came to.
package struct TwinFinding: Sendable, Equatable {
    package enum Verdict: String, Sendable {
        case good
        /// The unit must not leave so.
        case differs
        /// A person should know; the unit may pass.
        case note
    }

    /// Name of the comparison, as `template`.
    package let name: String
    package let verdict: Verdict
    package let expected: String
    package let shown: String
    /// The difference in words, as `Blue_LED is missing`.
    package let text: String
    /// What it means and what to do; nil when all is good.
    package let next: String?

    package init(
        _ name: String, _ verdict: Verdict, expected: String, shown: String, text: String, next: String? = nil
    ) {
        self.name = name
        self.verdict = verdict
        self.expected = expected
        self.shown = shown
        self.text = text
        self.next = next
    }

    /// `properties: Blue_LED is missing`.
    package var line: String { "\(name): \(text)" }

    /// As it stands in the ledger and in JSON lines.
    package var json: JSONObject {
        [
            "expected": .string(expected), "name": .string(name), "next": .text(next), "shown": .string(shown),
            "text": .string(text), "verdict": .string(verdict.rawValue),
        ]
    }

    package init(json: JSONObject) throws(MintmarkError) {
        self.init(
            try json.text("name"), try json.choice("verdict"), expected: try json.text("expected"),
            shown: try json.text("shown"), text: try json.text("text"), next: json.optionalText("next"))
    }
}
