// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkSandbox
import Testing

@Suite("The virtual cloud's switches", .timeLimit(.minutes(1)))
struct CloudSwitchTests {
    /// One switch setting, the name of what is tried, and the answer: status and body, or a part of it.
    struct Case: Sendable, CustomTestStringConvertible {
        let setting: String
        let probe: Probe
        let status: Int
        let text: String

        init(_ setting: String, _ probe: Probe, _ status: Int, _ text: String) {
            (self.setting, self.probe, self.status, self.text) = (setting, probe, status, text)
        }

        var testDescription: String { "\(setting) \(probe)" }
    }

    enum Probe: Sendable {
        case signIn, wrongPassword, unknownApp, locked, severalRoles
        case reserveUnknownToken, reserveForbidden, reserveZero, reserveTooMany, reserveWrongType, reserveKey
        case manufactureMissing, manufactureAgain, manufactureForeign, manufactureOtherModel, manufacture
        case provision, provisionReserved, provisionTwice, provisionByPlainAdmin, provisionByMakerAdmin
    }

    private static let failure = #""AFS-600","message":"There were some failures while processing: "#

    static let cases: [Case] = [
        Case("D1=200", .signIn, 200, #""access_token""#), Case("D1=201", .signIn, 201, #""access_token""#),
        Case("D2=message", .wrongPassword, 401, #"{"error":{"message":"Invalid email or password"}}"#),
        Case("D2=text", .wrongPassword, 401, #"{"error":"Invalid email or password"}"#),
        Case("D2=list", .unknownApp, 404, #"{"errors":[{"message":"Unknown application"}]}"#),
        Case("D3=401", .locked, 401, "locked"), Case("D3=403", .locked, 403, "locked"),
        Case("D5=text", .reserveUnknownToken, 401, #"{"error":"Your access token is invalid"}"#),
        Case("D5=empty", .reserveUnknownToken, 401, ""), Case("D5=empty", .reserveForbidden, 403, ""),
        Case("D5=html", .reserveForbidden, 403, "<html>"), Case("D5=html", .manufactureForeign, 404, "<html>"),
        Case("D6=mixed", .manufactureMissing, 422, #"{"errors":["#),
        Case("D6=mixed", .manufactureAgain, 422, #"{"error":["#),
        Case("D6=error", .manufactureMissing, 422, #"{"error":["#),
        Case("D6=errors", .manufactureAgain, 422, #"{"errors":["#),
        Case("D7=404", .manufactureForeign, 404, #"{"error":"Not found"}"#),
        Case("D7=403", .manufactureForeign, 403, #"{"error":"Forbidden"}"#),
        Case("D7=422", .manufactureForeign, 422, failure),
        Case("D8=422", .manufactureOtherModel, 422, failure + "model"),
        Case("D8=404", .manufactureOtherModel, 404, #"{"error":"Not found"}"#),
        Case("D9=table", .reserveZero, 422, "AFS-603"), Case("D9=table", .reserveTooMany, 422, "AFS-604"),
        Case("D9=602", .reserveZero, 422, "AFS-602"), Case("D9=602", .reserveTooMany, 422, "AFS-602"),
        Case("D9=602", .reserveWrongType, 422, #"AFS-602","message":"true is not"#),
        Case("D10=no", .provisionReserved, 200, "AC000W"), Case("D10=yes", .provisionReserved, 404, "Not found"),
        Case("D11=refuse", .provisionTwice, 422, failure + "device is already provisioned"),
        Case("D11=overwrite", .provisionTwice, 200, "lamp-two"),
        Case("D12=yes", .provisionByPlainAdmin, 200, "AC000W"),
        Case("D12=no", .provisionByPlainAdmin, 403, "Forbidden"),
        Case("D13=no", .provisionByMakerAdmin, 403, "Forbidden"),
        Case("D13=yes", .provisionByMakerAdmin, 200, "AC000W"),
        Case("D22=first", .severalRoles, 200, #""role":"OEM::Staff""#),
        Case("D22=highest", .severalRoles, 200, #""role":"OEM::Admin""#),
        Case("D23=pkcs1", .reserveKey, 200, "RSA PUBLIC KEY-----\\nMIIBCgKCAQEA"),
        Case("D23=spki", .reserveKey, 200, "RSA PUBLIC KEY-----\\nMIIBIjANBgkq"),
        Case("D24=as-sent", .manufacture, 200, #""mac":"02A1B2C3D4E5""#),
        Case("D24=colons", .manufacture, 200, #""mac":"02:a1:b2:c3:d4:e5""#),
        Case("D25=present", .manufacture, 200, #""oem_host_version":null"#),
    ]

    @Test("every setting shows in the answers", arguments: cases)
    func setting(item: Case) async throws {
        try await CloudBench.run(switches: [item.setting]) { bench in
            let answer = try await answer(item.probe, bench)
            #expect(answer.status == item.status)
            #expect(item.text.isEmpty ? answer.text.isEmpty : answer.text.contains(item.text), "\(answer.text)")
        }
    }

    @Test("D25=absent leaves the host version out of manufacture alone") func hostVersion() async throws {
        try await CloudBench.run(switches: ["D25=absent"]) { bench in
            let manufactured = try await answer(.manufacture, bench).text
            let provisioned = try await answer(.provision, bench).text
            #expect(!manufactured.contains("oem_host_version"))
            #expect(provisioned.contains("oem_host_version"))
        }
    }

    @Test("D4: a refresh token lives until sign-out, or half a year", arguments: ["unlimited", "six-months"])
    func refreshLife(setting: String) throws {
        var switches = CloudSwitches()
        try switches.set("D4=\(setting)")
        var state = try CloudState(
            accounts: CloudBench.accounts, switches: switches, firstNumber: 1, poolSize: 1, random: 1)
        let signIn =
            #"{"user":{"email":"station7@acme.example","password":"Qq7solder","#
            + #""application":{"app_id":"acmefab-5a1dc0de-id","app_secret":"acmefab-5a1dc0de-x1y2z3"}}}"#
        let answer = state.answer(
            CloudCall(method: "POST", path: "/users/sign_in", body: Array(signIn.utf8)), now: CloudBench.start)
        let token = try JSONParser.object(answer.body)["refresh_token"]?.text ?? ""
        let refresh = CloudCall(
            method: "POST", path: "/users/refresh_token", body: Array(#"{"user":{"refresh_token":"\#(token)"}}"#.utf8))
        let year: Int64 = 365 * 86_400
        #expect(state.answer(refresh, now: CloudBench.start + year).status == (setting == "unlimited" ? 200 : 422))
    }

    @Test("what is written can be read, and the default is the first choice") func texts() throws {
        var switches = CloudSwitches()
        for form in CloudSwitches.forms where !form.hasPrefix("D28") {
            let parts = form.split(separator: "=")
            for choice in parts[1].split(separator: "|").reversed() { try switches.set("\(parts[0])=\(choice)") }
        }
        #expect(switches == CloudSwitches())
        try switches.set("D28=10-250")
        #expect(switches.texts.last == "D28=10-250")
        #expect(switches.latency == 10...250)
    }

    @Test(
        "a switch that is none is refused with the list of those there are",
        arguments: ["D11", "D11=", "D99=yes", "D11=overwrites", "", "D28=9-3", "D28=-5", "D28=1-2-3", "D14=maybe"])
    func wrong(text: String) {
        var switches = CloudSwitches()
        let error = #expect(throws: MintmarkError.self) { try switches.set(text) }
        #expect(error?.next.contains("D11=refuse|overwrite") == true)
        #expect(switches == CloudSwitches())
    }

    private func answer(_ probe: Probe, _ bench: CloudBench) async throws -> CloudBench.Answer {
        let maker = { try await bench.token("maker@maker.example") }
        switch probe {
        case .signIn: return try await bench.signIn("station7@acme.example")
        case .wrongPassword: return try await bench.signIn("station7@acme.example", password: "wrong")
        case .unknownApp: return try await bench.signIn("station7@acme.example", app: "nope-id")
        case .severalRoles: return try await bench.signIn("both@acme.example")
        case .locked:
            for _ in 0..<5 { _ = try await bench.signIn("station7@acme.example", password: "wrong") }
            return try await bench.signIn("station7@acme.example")
        case .reserveUnknownToken: return try await bench.factory("reserve", "0", #"{"model":"AY008ESP1","count":1}"#)
        case .reserveForbidden:
            return try await bench.factory(
                "reserve", bench.token("staff@acme.example"), #"{"model":"AY008ESP1","count":1}"#)
        case .reserveZero: return try await reserve(bench, "0")
        case .reserveTooMany: return try await reserve(bench, "1001")
        case .reserveWrongType: return try await reserve(bench, "true")
        case .reserveKey: return try await reserve(bench, "1")
        case .manufactureMissing, .manufactureOtherModel, .manufacture:
            let dsn = try await reserved(bench, "maker@maker.example", "AY001MTP1")
            let body =
                switch probe {
                case .manufactureMissing: #"{"model":"AY001MTP1"}"#
                case .manufactureOtherModel: Self.manufacture.replacing("AY001MTP1", with: "AY001MTP2")
                default: Self.manufacture
                }
            return try await bench.factory("\(dsn)/manufacture", maker(), body)
        case .manufactureAgain:
            let dsn = try await manufactured(bench)
            return try await bench.factory("\(dsn)/manufacture", maker(), Self.manufacture)
        case .manufactureForeign:
            let dsn = try await reserved(bench, "station7@acme.example", "AY008ESP1")
            return try await bench.factory("\(dsn)/manufacture", maker(), Self.manufacture)
        case .provision, .provisionReserved:
            let dsn = try await reserved(bench, "station7@acme.example", "AY008ESP1")
            return try await provision(bench, dsn, "station7@acme.example")
        case .provisionTwice:
            let dsn = try await reserved(bench, "station7@acme.example", "AY008ESP1")
            _ = try await provision(bench, dsn, "station7@acme.example")
            return try await provision(bench, dsn, "station7@acme.example", oemModel: "lamp-two")
        case .provisionByPlainAdmin:
            let dsn = try await reserved(bench, "station7@acme.example", "AY008ESP1")
            return try await provision(bench, dsn, "admin@acme.example")
        case .provisionByMakerAdmin:
            return try await provision(bench, manufactured(bench), "admin@maker.example", model: "AY001MTP1")
        }
    }

    private static let manufacture = #"""
        {"model":"AY001MTP1","mac":"02A1B2C3D4E5","hwsig":"9f03c2d1-55aa0102-7be43310",
        "dom_at":"2025/03/04 09:15:00 UTC"}
        """#

    private func reserve(_ bench: CloudBench, _ count: String) async throws -> CloudBench.Answer {
        let token = try await bench.token("station7@acme.example")
        return try await bench.factory("reserve", token, #"{"model":"AY008ESP1","count":\#(count)}"#)
    }

    private func reserved(_ bench: CloudBench, _ email: String, _ model: String) async throws -> DSN {
        let answer = try await bench.factory(
            "reserve", bench.token(email), #"{"model":"\#(model)","count":1}"#)
        return try DSN(answer.json.array?.first?.object?["device"]?.object?["dsn"]?.text ?? "")
    }

    private func manufactured(_ bench: CloudBench) async throws -> DSN {
        let dsn = try await reserved(bench, "maker@maker.example", "AY001MTP1")
        _ = try await bench.factory("\(dsn)/manufacture", bench.token("maker@maker.example"), Self.manufacture)
        return dsn
    }

    private func provision(
        _ bench: CloudBench, _ dsn: DSN, _ email: String, model: String = "AY008ESP1", oemModel: String = "lamp-one"
    ) async throws -> CloudBench.Answer {
        let mac = model == "AY008ESP1" ? #""mac":"02a1b2c3d4f6","hwsig":"e32","# : ""
        return try await bench.factory(
            "\(dsn)/provision", bench.token(email),
            #"{"model":"\#(model)",\#(mac)"manuf_model":"DEVKIT","oem_model":"\#(oemModel)","#
                + #""module_sw_version":"1.4.0","dom_at":"2025/03/04 09:20:30 UTC","oem_host_version":"1.0"}"#)
    }
}
