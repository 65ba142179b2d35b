// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore
package import MintmarkCrypto

/// What a witness answers, with its HTTP form (C2SP tlog-witness).
package enum WitnessAnswer: Sendable, Equatable {
    case cosigned(SignedNote.Signature)
    /// The body was not of the form.
    case malformed(String)
    /// None of the log's trusted keys signed the head.
    case untrusted
    case unknownOrigin
    /// The log's idea of what was cosigned last is wrong: this size was. Also the answer to a second root over it.
    case conflict(known: Int64)
    /// The proof does not show that the head extends the one that was cosigned last.
    case inconsistent
    /// The witness cannot keep what it signs, so it signs nothing.
    case failed(MintmarkError)

    package var status: Int {
        switch self {
        case .cosigned: 200
        case .malformed: 400
        case .untrusted: 403
        case .unknownOrigin: 404
        case .conflict: 409
        case .inconsistent: 422
        case .failed: 500
        }
    }

    package var contentType: String {
        switch self {
        case .conflict: "text/x.tlog.size"
        case .cosigned, .malformed, .untrusted, .unknownOrigin, .inconsistent, .failed: "text/plain; charset=utf-8"
        }
    }

    package var body: String {
        switch self {
        case .cosigned(let signature): signature.line
        case .malformed(let what): "\(what)\n"
        case .untrusted: "no key that is trusted for this origin signed the checkpoint\n"
        case .unknownOrigin: "this origin is not known here\n"
        case .conflict(let known): "\(known)\n"
        case .inconsistent: "the proof does not lead from the checkpoint cosigned last to this one\n"
        case .failed: "the witness cannot keep its state\n"
        }
    }
}
