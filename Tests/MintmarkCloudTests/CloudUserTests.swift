// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import Testing

@testable import MintmarkCloud

@Suite("CloudUser")
struct CloudUserTests {
    @Test("the sign-in body is made of the secret's own bytes, in any order and layout, escapes untouched")
    func body() throws {
        let user = try CloudUser(
            secret(
                """
                { "app_secret" : "s\\u00e9\\"c", "password":"p\\\\w ü{,}",
                \t"app_id":"id" , "email" : "a@b.example" }\r\n
                """))
        #expect(
            text(of: user.signInBody)
                == #"{"user":{"email":"a@b.example","password":"p\\w ü{,}","application":{"app_id":"id","app_secret":"s\u00e9\"c"}}}"#
        )
    }

    @Test(
        "a malformed secret is refused without a word of its content",
        arguments: [
            "", "canary", "[\"canary\"]", "{\"email\":\"canary\"}",
            #"{"email":"canary","password":"canary","app_id":"canary","app_secret":1}"#,
            #"{"email":"canary","password":"canary","app_id":"canary","app_secret":""}"#,
            #"{"email":"canary","password":"canary","app_id":"canary","app_secret":"canary","canary":"canary"}"#,
            #"{"email":"canary","password":"canary","app_id":"canary","app_id":"canary"}"#,
            #"{"email":"canary","password":"canary","app_id":"canary","app_secret":"canary"} canary"#,
            #"{"email":"canary","password":"canary","app_id":"canary","app_secret":"can"#,
            #"{"email":"canary","password":"canary","app_id":"canary","app_secret":"can\qary"}"#,
            "{\"email\":\"canary\",\"password\":\"can\nary\",\"app_id\":\"canary\",\"app_secret\":\"canary\"}",
            #"{"email":{"canary":"x"},"password":"canary","app_id":"canary","app_secret":"canary"}"#,
        ])
    func malformed(content: String) {
        do {
            _ = try CloudUser(secret(content))
            Issue.record("taken")
        } catch {
            #expect(error.code == .badSecret)
            #expect(!error.description.contains("canary"))
        }
    }

    @Test("a user never shows what it holds")
    func printing() throws {
        let user = try CloudFixture.user()
        var dumped = ""
        dump(user, to: &dumped)
        #expect(!"\(user) \(String(reflecting: user)) \(dumped)".contains("solder"))
    }
}
