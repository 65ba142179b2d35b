// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import Testing

@testable import MintmarkSandbox

@Suite("The virtual cloud's registration")
struct CloudRegistrationTests {
    private typealias Line = CloudTwinTests.Line

    private let user = "user@acme.example"
    private let friend = "friend@acme.example"

    private func line(_ type: RegistrationType, setupToken: String? = nil) throws -> Line {
        let template = CloudTemplate(
            id: 43, name: "R", oem: "5a1dc0de", oemModel: "lamp-one", version: "1.0", registration: type,
            properties: [])
        var line = try Line(templates: [template])
        var hello = CloudTwinTests.hello(isTest: false)
        hello.setupToken = setupToken
        try line.connect(hello)
        return line
    }

    private func claim(_ line: inout Line, by email: String, _ proof: String = "") -> Int {
        line.send("POST", "/apiv1/devices.json", #"{"device":{"dsn":"\#(line.dsn)"\#(proof)}}"#, by: email).status
    }

    @Test("AP-Mode: the setup token registers within an hour of the connection, and another user may follow")
    func apMode() throws {
        var line = try line(.apMode, setupToken: "a1b2c3d4")
        #expect(claim(&line, by: user) == 417)
        #expect(claim(&line, by: user, #","setup_token":"x1b2c3d4""#) == 417)
        let proof = #","setup_token":"a1b2c3d4""#
        line.driver.now += 3600
        let made = line.send("POST", "/apiv1/devices", #"{"device":{"dsn":"\#(line.dsn)"\#(proof)}}"#, by: user)
        #expect(made.status == 201)
        #expect(try made.object["device"]?.object?["dsn"] == .string(line.dsn.description))
        #expect(try line.device(by: user)["registered"] == true)
        #expect(claim(&line, by: friend, proof) == 201)
        #expect(line.get("/dsns/\(line.dsn)", by: user).status == 404)
        line.driver.now += 1
        #expect(claim(&line, by: user, proof) == 404)
    }

    @Test("Same-LAN: the token is good once, and the unit keeps its user")
    func sameLAN() throws {
        var line = try line(.sameLAN)
        let token = try line.device()["regtoken"]?.text ?? ""
        #expect(token.count == 6)
        let proof = #","regtoken":"\#(token)""#
        #expect(claim(&line, by: user, #","regtoken":"000000""#) == 417)
        #expect(claim(&line, by: user, proof) == 201)
        #expect(claim(&line, by: friend, proof) == 404)
        #expect(line.send("DELETE", "/apiv1/devices/\(line.id)", by: friend).status == 404)
        #expect(line.send("DELETE", "/apiv1/devices/\(line.id).json", by: user).status == 200)
        #expect(try line.device()["registered"] == false)
        #expect(claim(&line, by: friend, proof) == 417)
    }

    @Test("Button-Push: the button opens two minutes")
    func button() throws {
        var line = try line(.buttonPush)
        #expect(claim(&line, by: user) == 404)
        try line.driver.state.pushButton(of: line.dsn, now: line.driver.now)
        line.driver.now += 121
        #expect(claim(&line, by: user) == 404)
        try line.driver.state.pushButton(of: line.dsn, now: line.driver.now)
        line.driver.now += 120
        #expect(claim(&line, by: user) == 201)
    }

    @Test("Display asks for the token shown, Dsn for nothing, None lets nobody")
    func others() throws {
        var display = try line(.display)
        let token = try display.device()["regtoken"]?.text ?? ""
        display.driver.now += 90_000
        display.driver.tokens[user] = try display.driver.signIn(user).token
        #expect(claim(&display, by: user) == 417)
        #expect(claim(&display, by: user, #","regtoken":"\#(token)""#) == 201)
        var dsn = try line(.dsn)
        #expect(claim(&dsn, by: user) == 201 && claim(&dsn, by: friend) == 404)
        var none = try line(.none)
        #expect(claim(&none, by: user) == 404)
    }

    @Test(
        "who cannot register: a stranger to the company, a factory role, a unit that never connected",
        arguments: [("admin@maker.example", 404), ("station7@acme.example", 404), ("nobody", 401)])
    func refused(email: String, status: Int) throws {
        var line = try line(.dsn)
        #expect(claim(&line, by: email) == status)
        #expect(line.send("POST", "/apiv1/devices", "{}", by: user).status == 417)
        var offline = try Line(switches: ["D14=at-once"])
        #expect(claim(&offline, by: user) == 404)
    }

    @Test("a candidate is a unit that connected in the last minutes and waits for a user")
    func candidate() throws {
        var line = try line(.dsn)
        func status(_ query: [String: String] = [:], by email: String = "user@acme.example") -> Int {
            line.send("GET", "/apiv1/devices/register.json", by: email, query).status
        }
        let found = try line.send("GET", "/apiv1/devices/register", by: user).object["device"]?.object
        #expect(found?["dsn"] == .string(line.dsn.description) && found?["lan_ip"] == "192.0.2.40")
        #expect(found?.members.count == 7)
        #expect(status(["regtype": "Dsn", "ip": "192.0.2.40", "dsn": "\(line.dsn)"]) == 200)
        #expect(status(["regtype": "AP-Mode"]) == 404 && status(["dsn": "AC000W000000000"]) == 404)
        #expect(status(["ip": "192.0.2.41"]) == 404 && status(by: "admin@maker.example") == 404)
        #expect(status(by: "nobody") == 401)
        line.driver.now += 301
        #expect(status() == 404 && status(["time": "6"]) == 200)
        #expect(claim(&line, by: user) == 201)
        #expect(status(["time": "60"]) == 404)
    }
}
