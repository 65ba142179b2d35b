// SPDX-License-Identifier: Apache-2.0
import MintmarkCore

@testable import MintmarkSandbox

extension CloudTwinTests.Line {
    /// A call to any service by one of the bench's users.
    mutating func send(
        _ method: String, _ path: String, _ body: String = "", by email: String = "admin@acme.example"
    ) -> CloudAnswer { send(method, path, body, by: email, [:]) }

    mutating func send(
        _ method: String, _ path: String, by email: String = "admin@acme.example", _ query: [String: String]
    ) -> CloudAnswer { send(method, path, "", by: email, query) }

    private mutating func send(
        _ method: String, _ path: String, _ body: String, by email: String, _ query: [String: String]
    ) -> CloudAnswer {
        driver.state.answer(
            CloudCall(
                method: method, path: path, authorization: "auth_token \(driver.tokens[email] ?? "")", query: query,
                body: Array(body.utf8)), now: driver.now)
    }

    /// The path of a property of the unit.
    func property(_ name: String) -> String { "/apiv1/dsns/\(dsn)/properties/\(name)" }

    var id: Int { driver.state.devices[dsn]?.number ?? 0 }

    /// A subscription, and its key; the rule that it needs is made first.
    mutating func subscribe(
        _ type: String, model: String = "lamp-one", property: String = "*", dsn: String = "*",
        client: String = "cloud", role: String = "OEM::Admin", by email: String = "admin@acme.example"
    ) throws -> (rule: Int64, subscription: Int64, key: String) {
        func body(_ extra: String) -> String {
            #"{"oem_model":"\#(model)","property_name":"\#(property)","client_type":"\#(client)","#
                + #""subscription_type":"\#(type)",\#(extra)}"#
        }
        let rule = try JSONParser.object(
            send("POST", "/api/v1/oemAccessRules", body(#""role":"\#(role)""#)).body)["OemAccessRule"]?.object
        let made = try JSONParser.object(
            send("POST", "/api/v1/subscriptions.json", body(#""dsn":"\#(dsn)""#), by: email).body)["subscription"]?
            .object
        return (
            rule?["id"]?.integer ?? 0, made?["id"]?.integer ?? 0, made?["stream_key"]?.text ?? "none"
        )
    }

    /// What streams tell since the last time, by their keys.
    mutating func told(_ key: String) throws -> [JSONObject] {
        try driver.state.takeEvents().flatMap(\.frames).filter { $0.key == key }.map { frame in
            try JSONParser.object(frame.text.drop { $0 != "|" }.dropFirst().utf8)
        }
    }
}

extension CloudAnswer {
    /// The body, which must be JSON.
    var json: JSONValue { get throws { try JSONParser.parse(body) } }
    var object: JSONObject { get throws { try JSONParser.object(body) } }
    var text: String { String(decoding: body, as: UTF8.self) }
}
