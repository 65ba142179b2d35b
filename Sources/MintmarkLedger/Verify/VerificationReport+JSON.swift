// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

extension VerificationReport {
    /// Names and meanings are a promise to scripts.
    package var json: JSONObject {
        [
            "earlier": .array(
                earlier.map { .object(["entries": .integer($0.entries), "origin": .string($0.origin)]) }),
            "entries": .integer(entries),
            "findings": .array(
                findings.map { .object(["entry": .number($0.sequence), "text": .string($0.what)]) }),
            "first_bad": .number(firstBad), "intact": .integer(intact), "log": .string(log),
            "projections": .string(projections.rawValue), "root": .string(root), "roots": .integer(roots),
            "heads": .integer(heads), "keys": .texts(keys), "proven": .number(proven?.size),
            "proven_by": .text(proven?.by),
            "signed": .integer(signed), "station": .string(station), "verdict": .string(verdict.word),
        ]
    }
}

extension VerificationReport.Verdict {
    package var word: String {
        switch self {
        case .proven: "proven"
        case .consistent: "consistent"
        case .broken: "broken"
        }
    }

    /// What it says, in one sentence for somebody who hears the word for the first time.
    package var meaning: String {
        switch self {
        case .proven(let proof):
            "The first \(proof.size) entries are exactly those that stood under a head kept outside the factory: "
                + "\(proof.by)."
        case .consistent:
            "The file agrees with itself and with every head it holds, but no head from outside the factory was given: "
                + "whether all of it was made anew, or its end cut off, cannot be told from it."
        case .broken: "The file is not what was committed: something in it was changed, removed, inserted or damaged."
        }
    }
}
