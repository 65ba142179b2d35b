// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkCrypto
import MintmarkStation
import Testing

@Suite("What a witness's answer means for a head") struct SubmissionTests {
    private let witness: Ed25519PrivateKey
    private let key: NoteKey
    private let submission: Submission

    init() throws {
        witness = try Ed25519PrivateKey()
        key = NoteKey(name: "acme.example/w", algorithm: .cosignature, publicKey: witness.publicKey)
        submission = Submission(head: SignedNote(text: "log\n20\nroot\n", signatures: []), size: 20, old: 10)
    }

    private func line(_ key: Ed25519PrivateKey, _ name: String = "acme.example/w", text: String? = nil) throws -> String
    {
        try Cosignature.make(over: text ?? submission.head.text, by: key, as: name, time: 1_773_739_800).line
    }

    private func code(_ status: Int, _ body: String) -> String {
        switch submission.judge(WitnessReply(status: status, body: body), by: key) {
        case .cosigned: "cosigned"
        case .again(let next): "again from \(next.old)"
        case .failed(let error): error.code.rawValue
        case .contradicted(let error): "contradicted: \(error.code.rawValue)"
        }
    }

    @Test("a cosignature counts only by the witness's key, under its name, over this head") func cosigned() throws {
        let other = try Ed25519PrivateKey()
        #expect(try code(200, line(witness)) == "cosigned")
        #expect(try code(200, "something else\n" + line(other) + line(witness)) == "cosigned")
        for body in [
            "", "cosigned\n", try line(other), try line(witness, "acme.example/x"),
            try line(witness, text: "log\n21\nroot\n"), try String(line(witness).dropFirst(4)),
        ] {
            #expect(code(200, body) == "witness-failed", "\(body)")
        }
    }

    @Test("another size is asked from once; a larger one, or another head over this one, is against the ledger")
    func conflicts() throws {
        #expect(code(409, "0\n") == "again from 0")
        #expect(code(409, "20\n") == "again from 20")
        #expect(code(409, "21\n") == "contradicted: ledger-rolled-back")
        #expect(code(422, "") == "contradicted: ledger-forked")
        for body in ["", "10", "-1\n", "+20\n", "99999999999999999999\n", "twenty\n", "10\n"] {
            #expect(code(409, body) == "witness-failed", "\(body)")
        }
        guard case .again(let same) = submission.judge(WitnessReply(status: 409, body: "20\n"), by: key),
            case .again(let less) = submission.judge(WitnessReply(status: 409, body: "5\n"), by: key)
        else { return #expect(Bool(false)) }
        guard case .contradicted(let fork) = same.judge(WitnessReply(status: 409, body: "20\n"), by: key),
            case .failed(let twice) = less.judge(WitnessReply(status: 409, body: "6\n"), by: key)
        else { return #expect(Bool(false)) }
        #expect(fork.code == .ledgerForked && twice.code == .witnessFailed)
    }

    @Test("what is the witness's trouble is no word against the ledger") func failures() {
        for status in [100, 204, 301, 400, 403, 404, 408, 413, 500, 503, 999] {
            #expect(code(status, "") == "witness-failed", "\(status)")
        }
    }
}
