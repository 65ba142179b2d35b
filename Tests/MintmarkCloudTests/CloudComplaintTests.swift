// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import MintmarkCloud

@Suite("CloudComplaint")
struct CloudComplaintTests {
    @Test(
        "every shape of an error body gives its code and words",
        arguments: [
            (#"{"error":"Your refresh token is invalid"}"#, nil, "Your refresh token is invalid"),
            (#"{"error":{"message":"Unknown application"}}"#, nil, "Unknown application"),
            (#"{"errors":[{"message":"Not allowed"}]}"#, nil, "Not allowed"),
            (#"{"errors":[{"code":"AFS-607","message":"missing"}]}"#, "AFS-607", "missing"),
            (#"{"error":[{"code":"AFS-601","message":"a"},{"code":"AFS-602","message":"b"}]}"#, "AFS-601", "a; b"),
            (
                #"{"errors":{"password":["is too short","has no digit"],"email":["is taken"]}}"#, nil,
                "email is taken; password is too short; password has no digit"
            ),
            (#"{"errors":["first","second"]}"#, nil, "first; second"),
            (#"{"error":[{"code":1042,"message":"numbers are codes too"}]}"#, "1042", "numbers are codes too"),
            (#"{"error":null,"errors":"x","rate":0.5}"#, nil, "x"), ("", nil, "no reason given"),
            ("<html><h1>502</h1></html>", nil, "no reason given"), ("[]", nil, "no reason given"),
            ("null", nil, "no reason given"), (#"{"error":{"code":"E1"}}"#, "E1", "no reason given"),
            (#"{"error":"cut"#, nil, "no reason given"),
        ] as [(String, String?, String)])
    func shapes(body: String, code: String?, message: String) {
        let complaint = CloudComplaint(Array(body.utf8))
        #expect(complaint.code == code)
        #expect(complaint.message == message)
    }

    @Test("words are cut to 200 printable characters")
    func printable() {
        let long = CloudComplaint(Array(#"{"error":"\#(String(repeating: "ab", count: 500))"}"#.utf8))
        #expect(long.message.count == 200)
        let control = CloudComplaint(Array(#"{"error":"a\u001b[31mb\r\nc\u202ed\u0000"}"#.utf8))
        #expect(control.message == "a [31mb  c d ")
    }

    @Test("a document nested without end is no complaint and no crash", arguments: ["[", "{\"error\":", "[[],"])
    func bomb(unit: String) {
        let complaint = CloudComplaint(Array(String(repeating: unit, count: 100_000).utf8))
        #expect(complaint.message == "no reason given")
        let depth = 400
        let closed = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        #expect(CloudComplaint(Array(#"{"error":\#(closed)}"#.utf8)).message == "no reason given")
    }
}
