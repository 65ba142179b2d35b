// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// What one check of `doctor` found, with the cure.
package struct DoctorFinding: Sendable, Equatable {
    package enum Verdict: String, Sendable { case good, warning, bad }

    package let check: String
    package let verdict: Verdict
    /// One sentence.
    package let text: String
    /// What to do; nil when all is well.
    package let cure: String?

    package init(_ check: String, _ verdict: Verdict, _ text: String, cure: String? = nil) {
        self.check = check
        self.verdict = verdict
        self.text = text
        self.cure = cure
    }

    /// A failed act as a finding.
    package init(_ check: String, _ error: MintmarkError) {
        self.init(check, .bad, error.what, cure: error.next)
    }

    package var json: JSONObject {
        ["check": .string(check), "cure": .text(cure), "text": .string(text), "verdict": .string(verdict.rawValue)]
    }
}
