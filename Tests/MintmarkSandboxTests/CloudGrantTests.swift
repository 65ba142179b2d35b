// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import Testing

@testable import MintmarkSandbox

@Suite("The virtual cloud's roles and owners")
struct CloudGrantTests {
    private typealias Line = CloudTwinTests.Line

    private func put(
        _ line: inout Line, _ path: String, _ body: String = "", by email: String, _ query: [String: String] = [:]
    ) -> Int {
        line.driver.state.answer(
            CloudCall(
                method: "PUT", path: path, authorization: "auth_token \(line.driver.tokens[email] ?? "")",
                query: query, body: Array(body.utf8)), now: line.driver.now
        ).status
    }

    @Test("an admin gives a role and takes it away again, and it counts at once")
    func roles() throws {
        var line = try Line()
        try line.connect(CloudTwinTests.hello())
        let station = "station7@acme.example"
        let body = #"{"user_email":"station7@acme.example","role":"OEM::Staff"}"#
        #expect(line.get("/dsns/\(line.dsn)", by: station).status == 403)
        #expect(put(&line, "/api/v1/users/assign_role", body, by: "staff@acme.example") == 403)
        #expect(put(&line, "/api/v1/users/assign_role.json", body, by: "admin@acme.example") == 200)
        #expect(line.get("/dsns/\(line.dsn)", by: station).status == 200)
        #expect(put(&line, "/api/v1/users/revoke_role", body, by: "admin@acme.example") == 200)
        #expect(line.get("/dsns/\(line.dsn)", by: station).status == 403)
    }

    @Test(
        "a role of the vendor, of a module maker where none is, or for another company's user cannot be given",
        arguments: [
            ("station7@acme.example", "Ayla::Admin", 403), ("station7@acme.example", "OEM::ModuleManufacturer", 403),
            ("admin@maker.example", "OEM::Staff", 404), ("nobody@acme.example", "OEM::Staff", 404),
            ("station7@acme.example", "OEM::None", 404),
        ])
    func refused(email: String, role: String, status: Int) throws {
        var line = try Line()
        let body = #"{"user_email":"\#(email)","role":"\#(role)"}"#
        #expect(put(&line, "/api/v1/users/assign_role", body, by: "admin@acme.example") == status)
    }

    @Test("a unit is registered to a user, given to another, taken away; a move to another company frees it")
    func owners() throws {
        var line = try Line()
        try line.connect(CloudTwinTests.hello())
        let body = #"{"user_uuid":"7e57ab1e-0000-4000-8000-0000000000a1"}"#
        let device = "/apiv1/devices/\(line.dsn)"
        #expect(put(&line, device + "/register.json", body, by: "staff@acme.example") == 403)
        #expect(
            put(&line, "/apiv1/dsns/\(line.dsn)/unregister", by: "admin@acme.example") == 200)
        #expect(put(&line, device + "/register.json", body, by: "admin@acme.example") == 200)
        #expect(try line.device()["registered"] == true && line.device()["user_id"] != .null)
        let target = ["target": "both@acme.example"]
        #expect(put(&line, device + "/transfer", by: "admin@acme.example", target) == 200)
        #expect(put(&line, device + "/transfer", by: "admin@acme.example", ["target": "admin@maker.example"]) == 404)
        try line.connect(CloudTwinTests.hello(oem: "0dfc7900", key: "secret-of-0dfc7900"))
        #expect(try line.device(by: "admin@maker.example")["registered"] == false)
    }

    @Test("a stream needs a rule, a rule needs an admin, and a key is good while its subscription is there")
    func rules() throws {
        var line = try Line()
        func send(_ method: String, _ path: String, _ body: String = "", by email: String) -> CloudAnswer {
            line.driver.state.answer(
                CloudCall(
                    method: method, path: path, authorization: "auth_token \(line.driver.tokens[email] ?? "")",
                    body: Array(body.utf8)), now: line.driver.now)
        }
        let wish =
            #"{"name":"n","dsn":"*","oem_model":"lamp-one","property_name":"*","client_type":"cloud","#
            + #""subscription_type":"connectivity"}"#
        let rule =
            #"{"role":"OEM::Staff","oem_model":"lamp-one,lamp-two","property_name":"*","client_type":"cloud","#
            + #""subscription_type":"connectivity"}"#
        let (admin, staff) = ("admin@acme.example", "staff@acme.example")
        #expect(send("POST", "/api/v1/subscriptions.json", wish, by: staff).status == 403)
        #expect(send("POST", "/api/v1/oemAccessRules", rule, by: staff).status == 403)
        #expect(send("POST", "/api/v1/oemAccessRules", rule, by: admin).status == 201)
        let made = send("POST", "/api/v1/subscriptions.json", wish, by: staff)
        let subscription = try JSONParser.object(made.body)["subscription"]?.object
        let (id, key) = (subscription?["id"]?.integer ?? 0, subscription?["stream_key"]?.text ?? "")
        #expect(made.status == 201 && key.count == 32 && line.driver.state.isStreamKey(key))
        _ = line.driver.state.takeEvents()
        try line.connect(CloudTwinTests.hello())
        let taken = line.driver.state.takeEvents().filter { $0.event.subject == .connectivity }
        #expect(taken.map { $0.frames.map(\.key) } == [[key]])
        #expect(send("DELETE", "/api/v1/subscriptions/\(id).json", by: admin).status == 404)
        #expect(send("DELETE", "/api/v1/subscriptions/\(id).json", by: staff).status == 204)
        #expect(!line.driver.state.isStreamKey(key))
    }

    @Test("D19: a test connection is an event, or is none", arguments: ["yes", "no"])
    func testEvent(setting: String) throws {
        var line = try Line(switches: ["D19=\(setting)"])
        try line.connect(CloudTwinTests.hello())
        let told = line.driver.state.takeEvents().map(\.event.subject)
        #expect(told == (setting == "yes" ? [.connectivity, .datapoint, .datapoint] : []))
        try line.connect(CloudTwinTests.hello(isTest: false))
        let frames = line.driver.state.takeEvents().filter { $0.event.subject == .connectivity }
            .map { $0.event.frame(number: 1) }
        let parts = frames.first?.split(separator: "|", maxSplits: 1) ?? []
        #expect(frames.count == 1 && Int(parts.first ?? "") == parts.last?.count)
    }
}
