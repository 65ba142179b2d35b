// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkCrypto
import Testing

@testable import MintmarkSandbox

@Suite("The virtual cloud's twins")
struct CloudTwinTests {
    static let properties = [
        TemplateProperty("lamp_on", .boolean, .input),
        TemplateProperty("fw_version", .string, .output, isHostVersion: true),
    ]
    static let acmeLamp = CloudTemplate(
        id: 41, name: "Acme Lamp", oem: "5a1dc0de", oemModel: "lamp-one", version: "1.0", properties: properties)

    /// A white-box unit of Acme that was provisioned as `lamp-one`, version `1.0`.
    struct Line {
        var driver: CloudStateTests.Driver
        let dsn: DSN

        init(switches: [String] = [], templates: [CloudTemplate] = [acmeLamp]) throws {
            driver = try CloudStateTests.Driver(switches: switches)
            for template in templates { driver.state.add(template) }
            dsn = try DSN(driver.reserve("AY008ESP1", by: "station7@acme.example").first ?? "")
            let body = CloudSample.provision(mac: "0210f4a7c311")
            #expect(driver.factory("\(dsn)/provision", by: "station7@acme.example", body).status == 200)
        }

        mutating func get(
            _ path: String, by email: String = "admin@acme.example", _ query: [String: String] = [:],
            method: String = "GET"
        ) -> CloudAnswer {
            driver.state.answer(
                CloudCall(
                    method: method, path: "/apiv1" + path,
                    authorization: "auth_token \(driver.tokens[email] ?? "")", query: query), now: driver.now)
        }

        mutating func device(by email: String = "admin@acme.example") throws -> JSONObject {
            let answer = get("/dsns/\(dsn)", by: email)
            return try #require(try JSONParser.object(answer.body)["device"]?.object, "\(answer.status)")
        }

        mutating func connect(_ hello: UnitHello) throws {
            driver.now += 10
            try driver.state.connect(dsn, hello, now: driver.now)
        }

        mutating func propertyNames(_ query: [String: String] = [:]) throws -> [String] {
            try JSONParser.parse(get("/dsns/\(dsn)/properties", query).body).array?
                .compactMap { $0.object?["property"]?.object?["name"]?.text } ?? []
        }
    }

    static func hello(
        isTest: Bool = true, oem: String = "5a1dc0de", oemModel: String = "lamp-one", key: String? = nil,
        version: String = "1.0"
    ) -> UnitHello {
        UnitHello(
            isTest: isTest, oem: oem, oemModel: oemModel, oemKey: key.map { CloudBench.secret($0) },
            templateVersion: version, mac: "0210f4a7c311", hwsig: "e32-0210f4a7c311", softwareVersion: "fw 1.4")
    }

    @Test("a provisioned unit shows two seconds later: offline, without a template, with what was registered")
    func pushed() throws {
        var line = try Line()
        #expect(line.get("/dsns/\(line.dsn)").status == 404)
        line.driver.now += 2
        let device = try line.device()
        #expect(device["connection_status"] == "Offline" && device["template_id"] == .null)
        #expect(device["oem"] == "5a1dc0de" && device["oem_model"] == "lamp-one" && device["mac"] == "0210f4a7c311")
        #expect(device["has_properties"] == false && device["activated_at"] == .null)
        #expect(try line.propertyNames() == ["oem_host_version"])
    }

    @Test(
        "a switch moves the moment at which a unit shows",
        arguments: [("D14=at-once", 0, 200), ("D14=never", 3600, 404), ("D15=404", 3600, 404)])
    func push(setting: String, later: Int64, status: Int) throws {
        var line = try Line(switches: [setting])
        line.driver.now += later
        #expect(line.get("/dsns/\(line.dsn)").status == status)
    }

    @Test("a test connection makes the twin and activates nothing; the first real one activates, once")
    func activation() throws {
        var line = try Line()
        try line.connect(Self.hello())
        var device = try line.device()
        #expect(device["template_id"] == 41 && device["has_properties"] == true)
        #expect(device["connection_status"] == "Online" && device["activated_at"] == .null)
        #expect(device["connected_at"] == .string(UTCTime.isoText(seconds: line.driver.now)))
        #expect(try line.propertyNames() == ["lamp_on", "fw_version", "oem_host_version"])
        try line.connect(Self.hello(isTest: false))
        let first = JSONValue.string(UTCTime.isoText(seconds: line.driver.now))
        device = try line.device()
        #expect(device["activated_at"] == first)
        try line.connect(Self.hello(isTest: false))
        try line.connect(Self.hello())
        device = try line.device()
        #expect(device["activated_at"] == first && device["connected_at"] != first)
    }

    @Test("D18: a unit may count as activated from its provision on")
    func activatedByProvision() throws {
        var line = try Line(switches: ["D18=provision"])
        line.driver.now += 2
        #expect(try line.device()["activated_at"] == .string(UTCTime.isoText(seconds: CloudBench.start)))
    }

    @Test("what the unit reports stands in its twin")
    func reported() throws {
        var line = try Line()
        try line.connect(Self.hello(version: "1.0"))
        for (name, value) in [
            ("oem_host_version", JSONValue.string("1.0")), ("fw_version", "fw 1.4"), ("lamp_on", 0),
        ] {
            let answer = line.get("/dsns/\(line.dsn)/properties/\(name).json")
            let property = try JSONParser.object(answer.body)["property"]?.object
            #expect(property?["value"] == value && property?["name"] == .string(name))
        }
        #expect(line.get("/dsns/\(line.dsn)/properties/none").status == 404)
        #expect(try line.propertyNames(["names": "%_version"]) == ["fw_version", "oem_host_version"])
        #expect(try line.propertyNames(["names": "lamp_on"]) == ["lamp_on"])
        #expect(try line.propertyNames(["names": "f%e%n"]) == ["fw_version"])
        #expect(try line.propertyNames(["names": "lamp"]).isEmpty)
    }

    @Test("company, OEM model and version must all fit; the company's own comes before a public one, private never")
    func association() throws {
        let templates = [
            CloudTemplate(
                id: 1, name: "public", visibility: .everyone, oem: nil, oemModel: "lamp-one", version: "1.0",
                properties: []),
            CloudTemplate(
                id: 2, name: "hidden", visibility: .hidden, oem: "5a1dc0de", oemModel: "lamp-one", version: "2.0",
                properties: []),
            CloudTemplate(
                id: 3, name: "other's", oem: "77777777", oemModel: "lamp-one", version: "3.0", properties: []),
            Self.acmeLamp,
        ]
        var line = try Line(templates: templates)
        for (model, version, id) in [
            ("lamp-one", "1.0", JSONValue.integer(41)), ("lamp-one", "2.0", .null), ("lamp-one", "3.0", .null),
            ("lamp-two", "1.0", .null),
        ] {
            try line.connect(Self.hello(oemModel: model, version: version))
            #expect(try line.device()["template_id"] == id, "\(model) \(version)")
            #expect(try line.propertyNames().contains("oem_host_version"))
        }
        var without = try Line(templates: Array(templates.prefix(3)))
        try without.connect(Self.hello())
        #expect(try without.device()["template_id"] == 1)
    }

    @Test("D20: a unit that no template fits loses the one it had, or keeps it", arguments: ["null", "keep"])
    func noMatch(setting: String) throws {
        var line = try Line(switches: ["D20=\(setting)"])
        try line.connect(Self.hello())
        try line.connect(Self.hello(version: "9.9"))
        #expect(try line.device()["template_id"] == (setting == "keep" ? 41 : .null))
    }

    @Test("a unit with a wrong secret, or of nobody, gets no template, and the time is noted until a right one comes")
    func authentication() throws {
        var line = try Line()
        for hello in [
            Self.hello(key: "secret-of-77777777"), Self.hello(oem: "99999999"), Self.hello(oem: "77777777"),
            Self.hello(key: "AAAA"),
        ] {
            try line.connect(hello)
            let device = try line.device()
            #expect(device["oem_authentication_failed_at"] == .string(UTCTime.isoText(seconds: line.driver.now)))
            #expect(device["template_id"] == .null && device["oem"] == "5a1dc0de")
        }
        try line.connect(Self.hello(key: "secret-of-5a1dc0de"))
        #expect(try line.device()["oem_authentication_failed_at"] == nil)
        #expect(try line.device()["template_id"] == 41)
    }

    @Test("an OEM key as a unit holds it is believed for its own DSN and OEM model only")
    func oemKey() throws {
        var line = try Line()
        let key = try SandboxKeyPair(number: line.driver.state.devices[line.dsn]?.number ?? 0).publicKey()
        let sealed = try Array("1741079700 secret-of-5a1dc0de 5a1dc0de lamp-one".utf8)
            .withUnsafeBytes { try key.encrypt($0) }
        let text = Base64.encode(sealed)
        try line.connect(Self.hello(oemModel: "lamp-two", key: text))
        #expect(try line.device()["oem_authentication_failed_at"] != nil)
        try line.connect(Self.hello(key: text))
        #expect(try line.device()["oem_authentication_failed_at"] == nil)
    }

    @Test("a unit that brings another company's secret moves there, and its old company sees it no more")
    func moved() throws {
        var line = try Line()
        try line.connect(Self.hello())
        try line.connect(Self.hello(oem: "0dfc7900", key: "secret-of-0dfc7900"))
        #expect(line.get("/dsns/\(line.dsn)").status == 404)
        #expect(try line.device(by: "admin@maker.example")["oem"] == "0dfc7900")
    }

    @Test(
        "who sees a twin: admin and staff those of their company; factory roles nothing at all",
        arguments: [
            ("admin@acme.example", 200), ("staff@acme.example", 200), ("both@acme.example", 200),
            ("station7@acme.example", 403), ("boxes@acme.example", 403), ("admin@maker.example", 404),
            ("white@other.example", 403), ("nobody", 401),
        ])
    func visibility(email: String, status: Int) throws {
        var line = try Line()
        try line.connect(Self.hello())
        let id = line.driver.state.devices[line.dsn]?.number ?? 0
        let device = "/dsns/\(line.dsn)"
        for path in [device, "\(device)/properties", "\(device)/properties/lamp_on", "/devices/\(id)"] {
            #expect(line.get(path, by: email).status == status, "\(path)")
            #expect(line.get(path + ".json", by: email).status == status, "\(path)")
        }
        #expect(line.get("/templates", by: email, ["admin_view": "true"]).status == (status == 404 ? 200 : status))
    }

    @Test("D21: another company's twin is not there, or forbidden", arguments: [404, 403])
    func foreign(status: Int) throws {
        var line = try Line(switches: ["D21=\(status)"])
        try line.connect(Self.hello())
        #expect(line.get("/dsns/\(line.dsn)", by: "admin@maker.example").status == status)
    }

    @Test("the history has the newest first or last, in pages")
    func history() throws {
        var line = try Line()
        try line.connect(Self.hello())
        try line.driver.state.note("Offline", of: line.dsn, now: line.driver.now + 5)
        let id = line.driver.state.devices[line.dsn]?.number ?? 0
        func statuses(_ tail: String) throws -> [String] {
            let answer = line.get("/devices/\(id)/connection_history/\(tail)")
            return try JSONParser.parse(answer.body).array?
                .compactMap { $0.object?["connection_history"]?.object?["status"]?.text } ?? ["\(answer.status)"]
        }
        #expect(
            try statuses("page/1/limit/10/field/event_time/order/desc.json") == ["Offline", "Online", "Initializing"])
        #expect(try statuses("page/2/limit/2/field/event_time/order/asc.json") == ["Offline"])
        #expect(try statuses("page/1/limit/9/field/status/order/asc") == ["Initializing", "Offline", "Online"])
    }

    @Test("an admin may choose another template by hand, staff may not")
    func chosen() throws {
        let hidden = CloudTemplate(
            id: 7, name: "trial", visibility: .hidden, oem: "5a1dc0de", oemModel: "x", version: "0", properties: [])
        let foreign = CloudTemplate(id: 8, name: "f", oem: "77777777", oemModel: "x", version: "0", properties: [])
        var line = try Line(templates: [Self.acmeLamp, hidden, foreign])
        try line.connect(Self.hello())
        let id = line.driver.state.devices[line.dsn]?.number ?? 0
        func apply(_ template: Int, by email: String) -> Int {
            line.get("/devices/\(id)/template/\(template).json", by: email, method: "PUT").status
        }
        #expect(apply(7, by: "staff@acme.example") == 403)
        #expect(apply(8, by: "admin@acme.example") == 404)
        #expect(apply(7, by: "admin@acme.example") == 200)
        #expect(try line.device()["template_id"] == 7)
    }

    @Test("devices come in pages, with filters")
    func list() throws {
        var line = try Line()
        for number in 2...5 {
            let dsn = try line.driver.reserve("AY008ESP1", by: "station7@acme.example").first ?? ""
            let body = CloudSample.provision(
                mac: "0210f4a7c31\(number)", oemModel: number == 5 ? "lamp-two" : "lamp-one")
            #expect(line.driver.factory("\(dsn)/provision", by: "station7@acme.example", body).status == 200)
        }
        try line.connect(Self.hello())
        #expect(try JSONParser.parse(line.get("/devices").body).array?.count == 5)
        #expect(try JSONParser.parse(line.get("/devices", ["oem_model": "lamp-two"]).body).array?.count == 1)
        #expect(try JSONParser.parse(line.get("/devices.json", ["template_id": "41"]).body).array?.count == 1)
        let page = try JSONParser.object(
            line.get("/devices", ["paginated": "true", "per_page": "2", "page": "3"]).body)
        #expect(page["total"] == 5 && page["next_page"] == .null && page["devices"]?.array?.count == 1)
    }

    @Test(
        "who may connect before a provision, and that the module must be the reserved one",
        arguments: [
            ("D17=accepted", true, nil), ("D17=accepted", false, ConnectRefusal.notEnabled),
            ("D17=refused", true, .noTest),
        ])
    func admission(setting: String, isTest: Bool, refusal: ConnectRefusal?) throws {
        var driver = try CloudStateTests.Driver(switches: [setting])
        let dsn = try DSN(driver.reserve("AY008ESP1", by: "station7@acme.example").first ?? "")
        func result(_ hello: UnitHello, of dsn: DSN) -> ConnectRefusal? {
            do throws(ConnectRefusal) {
                try driver.state.connect(dsn, hello, now: driver.now)
                return nil
            } catch {
                return error
            }
        }
        #expect(result(Self.hello(isTest: isTest), of: dsn) == refusal)
        var other = Self.hello(isTest: isTest)
        other.model = "AY008MVL1"
        #expect(result(other, of: dsn) == .otherModel)
        #expect(result(Self.hello(), of: try DSN("AC000W123456789")) == .unknownDSN)
    }

    @Test("the sandbox's own routes let a unit connect, leave, and make templates known")
    func routes() async throws {
        var configuration = CloudBench.configuration
        configuration.switches.push = .atOnce
        try await CloudBench.run(configuration) { bench in
            let reserved = try await bench.factory(
                "reserve", bench.token("station7@acme.example"), #"{"model":"AY008ESP1","count":1}"#)
            let dsn = try reserved.json.array?.first?.object?["device"]?.object?["dsn"]?.text ?? ""
            let template =
                #"{"id":5,"name":"Lamp","oem":"5a1dc0de","oem_model":"lamp-one","version":"1.0","properties":"#
                + #"[{"name":"lamp_on","base_type":"boolean","direction":"input"}]}"#
            #expect(try await bench.post("/sandbox/templates", template).status == 200)
            let body =
                #"{"test":true,"oem":"5a1dc0de","oem_model":"lamp-one","oem_key":"secret-of-5a1dc0de","#
                + #""template_version":"1.0","mac":"02a1b2c3d4f6","hwsig":"e32","sw_version":"1"}"#
            let connected = try await bench.post("/sandbox/devices/\(dsn)/connect", body)
            #expect(try connected.json.object?["device"]?.object?["template_id"] == 5)
            let token = try await bench.token("admin@acme.example")
            let seen = try await bench.send("GET", "/apiv1/dsns/\(dsn).json", token: token)
            #expect(try seen.json.object?["device"]?.object?["connection_status"] == "Online")
            #expect(try await bench.post("/sandbox/devices/\(dsn)/disconnect", "").status == 200)
            #expect(bench.cloud.twin(try DSN(dsn))?.status == "Offline")
            #expect(try await bench.post("/sandbox/devices/AC000W123456789/connect", body).status == 404)
            let denied = try await bench.post(
                "/sandbox/devices/\(dsn)/connect", body.replacing("true", with: "false"))
            #expect(denied.status == 403 && denied.text.contains("not enabled"))
            // What the unit's secret was is nowhere to be read.
            #expect(
                !seen.text.contains("secret-of")
                    && bench.cloud.journal.entries.allSatisfy { !"\($0)".contains("secret-of") })
        }
    }
}
