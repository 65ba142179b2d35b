// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkCrypto
import MintmarkLedger
import TestSupport
import Testing

@Suite("What a witness cosigns") struct WitnessBookTests {
    private let log: TestLog

    init() throws { log = TestLog("mintmark/ab", key: try Ed25519PrivateKey(), count: 40) }

    private func book(_ size: Int = 0) throws -> WitnessBook {
        WitnessBook(logs: [log.vkey], newest: size == 0 ? [] : [try log.head(size).checkpoint])
    }

    @Test("every growth of a log that is proven is accepted") func grows() throws {
        for old in 0...40 {
            for size in old...40 {
                let verdict = try book(old).judge(log.request(old, size))
                #expect(try verdict == .accepted(log.head(size)), "\(old) to \(size)")
            }
        }
    }

    @Test("a size that the witness does not know is answered with the one it knows") func conflict() throws {
        #expect(try book(7).judge(log.request(5, 9)) == .refused(.conflict(known: 7)))
        #expect(try book(7).judge(log.request(0, 9)) == .refused(.conflict(known: 7)))
        #expect(try book().judge(log.request(5, 9)) == .refused(.conflict(known: 0)))
    }

    @Test("an older head, another root over the same size, and a fork with any proof are refused") func forks() throws {
        var fork = log
        fork.leaves[3] = log.leaves[4]
        #expect(try book(9).judge(log.request(9, 7)) != .accepted(log.head(7)))
        #expect(try book(9).judge(fork.request(9, 9)) == .refused(.conflict(known: 9)))
        #expect(try book(9).judge(fork.request(9, 20)) == .refused(.inconsistent))
        let mixed = WitnessRequest(old: 9, proof: log.proof(9, 20), head: try fork.head(20))
        #expect(try book(9).judge(mixed) == .refused(.inconsistent))
        let short = WitnessRequest(old: 9, proof: Array(log.proof(9, 20).dropLast()), head: try log.head(20))
        #expect(try book(9).judge(short) == .refused(.inconsistent))
        let extra = WitnessRequest(old: 0, proof: log.proof(9, 20), head: try log.head(20))
        #expect(try book().judge(extra) == .refused(.inconsistent))
    }

    @Test("a head larger than its old size must be, an origin known, a signature a trusted key's") func strangers()
        throws
    {
        let old = try book(9).judge(WitnessRequest(old: 9, proof: [], head: log.head(7)))
        #expect(old == .refused(.malformed("the old size is larger than the checkpoint's")))
        let other = TestLog("mintmark/cd", key: log.key, count: 3)
        #expect(try book().judge(other.request(0, 3)) == .refused(.unknownOrigin))
        let signed = WitnessRequest(old: 0, proof: [], head: try log.head(3, by: Ed25519PrivateKey()))
        #expect(try book().judge(signed) == .refused(.untrusted))
    }

    @Test("a log that changes its key has both for a while") func rotation() throws {
        let next = try Ed25519PrivateKey()
        let book = WitnessBook(logs: [log.vkey, NoteKey(name: log.origin, publicKey: next.publicKey)])
        let request = WitnessRequest(old: 0, proof: [], head: try log.head(3, by: next))
        #expect(book.judge(request) == .accepted(request.head))
    }

    @Test("every answer has the status that C2SP tlog-witness gives it") func statuses() {
        #expect(WitnessAnswer.conflict(known: 17).body == "17\n")
        #expect(WitnessAnswer.conflict(known: 17).contentType == "text/x.tlog.size")
        let answers: [WitnessAnswer] = [
            .malformed("x"), .untrusted, .unknownOrigin, .conflict(known: 1), .inconsistent,
        ]
        #expect(answers.map(\.status) == [400, 403, 404, 409, 422])
    }
}

@Suite("Requests to a witness") struct WitnessRequestTests {
    private let request: WitnessRequest

    init() throws { request = try TestLog("a/b", key: Ed25519PrivateKey(), count: 100).request(37, 99) }

    @Test("a request reads back as it was written") func roundTrip() throws {
        #expect(try WitnessRequest(parsing: Array(request.description.utf8)) == request)
    }

    @Test("what is not of the form is refused") func malformed() throws {
        let good = request.description
        let hash = Base64.encode([UInt8](repeating: 7, count: 32)) + "\n"
        let tail = good.dropFirst(6)
        var bad = [
            "", "\n", "old 37", "old 37\n", "old 037\(tail)", "old -1\(tail)", "old +37\(tail)", "Old 37\(tail)",
        ]
        bad += ["old  37\(tail)", "old 9223372036854775808\(tail)", String(good.dropLast()), "\(good)x", "\(good)\n\n"]
        bad.append(good.replacing("\n\n", with: "\n", maxReplacements: 1))
        bad.append(good.replacing("old 37\n", with: "old 37\n" + String(repeating: hash, count: 60)))
        bad.append(good.replacing("old 37\n", with: "old 37\nAAAA\n"))
        bad.append(good.replacing("old 37\n", with: "old 37\r\n"))
        bad.append(good.replacing("\n99\n", with: "\n099\n"))
        for bad in bad {
            #expect(throws: MintmarkError.self, "\(bad)") { try WitnessRequest(parsing: Array(bad.utf8)) }
        }
        #expect(throws: MintmarkError.self) { try WitnessRequest(parsing: [0xFF, 0xFE] + Array(good.utf8)) }
        let long = [UInt8](repeating: 10, count: WitnessRequest.maximumSize + 1)
        #expect(throws: MintmarkError.self) { try WitnessRequest(parsing: long) }
    }
}
