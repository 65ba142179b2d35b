// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkSandbox
import TestSupport
import Testing

@Suite("The virtual cloud's server", .timeLimit(.minutes(1)))
struct CloudServerTests {
    @Test(
        "every answer says that it is a sandbox, and carries a request id, a time and a cookie",
        arguments: ["/users/sign_in", "/devicefactory/v1/devices", "/nothing", "/sandbox/switches", "/sandbox/no"])
    func headers(path: String) async throws {
        try await CloudBench.run { bench in
            var ids: Set<String> = []
            for _ in 0..<2 {
                let answer = try await bench.send("GET", path)
                #expect(answer.header("X-Mintmark-Sandbox") == "1")
                #expect(Hex.decode(answer.header("X-Request-Id") ?? "")?.count == 16)
                #expect(Double(answer.header("X-Runtime") ?? "").map { $0 < 5 } == true)
                #expect(answer.header("Set-Cookie")?.hasPrefix("_sandbox_session=") == true)
                ids.insert(answer.header("X-Request-Id") ?? "")
            }
            #expect(ids.count == 2)
        }
    }

    @Test(
        "a request to a field deployment's host is refused before anything else",
        arguments: ["api-field.aylanetworks.com", "USER-FIELD-EU.aylanetworks.com:443", "user-field.ayla.com.cn"])
    func fieldHost(host: String) async throws {
        try await CloudBench.run { bench in
            let answer = try await bench.send("POST", "/users/sign_in.json", "{}", host: host)
            #expect(answer.status == 421)
            #expect(answer.header("X-Mintmark-Sandbox") == "1")
            #expect(bench.cloud.journal.entries.isEmpty)
        }
    }

    @Test("it does not listen where others can reach it", arguments: ["0.0.0.0", "192.0.2.7", "::", "", "128.0.0.1"])
    func otherAddress(host: String) {
        var configuration = VirtualCloud.Configuration()
        configuration.host = host
        let error = #expect(throws: MintmarkError.self) { try VirtualCloud(configuration) }
        #expect(error?.code == .sandboxMixUp)
    }

    @Test("it does not stand for a field deployment") func field() {
        var configuration = VirtualCloud.Configuration()
        configuration.environment = CloudEnvironment(region: .us, deployment: .field)
        let error = #expect(throws: MintmarkError.self) { try VirtualCloud(configuration) }
        #expect(error?.code == .sandboxMixUp)
    }

    @Test("a port in use is an error, not a wait") func portInUse() async throws {
        try await CloudBench.run { bench in
            var configuration = CloudBench.configuration
            configuration.port = Int(bench.url.split(separator: ":").last ?? "") ?? 0
            let error = await #expect(throws: MintmarkError.self) {
                try await VirtualCloud.running(configuration) { _, _ in }
            }
            #expect(error?.code == .stationFault)
        }
    }

    @Test("it writes its certificate and secret files, readable by their owner alone") func files() async throws {
        let folder = try TemporaryFolder()
        var configuration = VirtualCloud.Configuration(random: 3)
        configuration.folder = folder.path
        let cloud = try VirtualCloud(configuration)
        let again = try VirtualCloud(configuration)
        #expect(cloud.caPEM != again.caPEM)
        let modes = [
            "ca.pem": 0o644, "oem-secret": 0o600, "spool-key": 0o600, "user-admin.json": 0o600,
            "user-assign.json": 0o600, "user-config.json": 0o600, "user-label.json": 0o600,
        ]
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == modes.keys.sorted())
        for (name, mode) in modes {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.file(name))
            #expect(attributes[.posixPermissions] as? Int == mode, "\(name)")
        }
        #expect(try String(contentsOfFile: folder.file("ca.pem"), encoding: .utf8) == again.caPEM)
        let user = try JSONParser.object(Data(contentsOf: URL(fileURLWithPath: folder.file("user-label.json"))))
        #expect(user.members.map(\.name) == ["app_id", "app_secret", "email", "password"])
        #expect(user["email"] == "label@sandbox.invalid")
    }

    @Test("a folder that is not there is an error that names it") func noFolder() {
        var configuration = VirtualCloud.Configuration()
        configuration.folder = "/nonexistent/mintmark"
        let error = #expect(throws: MintmarkError.self) { try VirtualCloud(configuration) }
        #expect(error?.what.contains("/nonexistent/mintmark/ca.pem") == true)
    }

    @Test("64 stations register at once, each once") func concurrency() async throws {
        try await CloudBench.run { bench in
            let token = try await bench.token("station7@acme.example")
            let reserved = try await bench.factory("reserve", token, #"{"model":"AY008ESP1","count":64}"#)
            let dsns = try reserved.json.array?.compactMap { $0.object?["device"]?.object?["dsn"]?.text } ?? []
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for (index, dsn) in dsns.enumerated() {
                    let mac = "0210f4a7c" + String(0x100 + index, radix: 16)
                    group.addTask {
                        try await bench.factory("\(dsn)/provision", token, CloudSample.provision(mac: mac)).status
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses == Array(repeating: 200, count: 64))
            #expect(bench.cloud.devices.count { $0.provisions == 1 } == 64)
            #expect(bench.cloud.journal.entries(.provision).count == 64)
        }
    }

    @Test("the journal tells what was asked and what came of it, without a secret") func journal() async throws {
        try await CloudBench.run { bench in
            let tokens = try await bench.signIn("station7@acme.example")
            let token = try tokens.json.object?["access_token"]?.text ?? ""
            let reserved = try await bench.factory("reserve", token, #"{"model":"AY008ESP1","count":1}"#)
            let dsn = try reserved.json.array?.first?.object?["device"]?.object?["dsn"]?.text ?? ""
            let body = CloudSample.provision(mac: "0210f4a7c311", extra: #","wifi_setup_key":"canary-setup""#)
            let answer = try await bench.factory("\(dsn)/provision", token, body)
            _ = try await bench.factory("\(dsn)/provision", token, body)
            _ = try await bench.search(token, "%5Bfilter%5D%5Bmac_like%5D=0210f4a7c311")
            let entries = bench.cloud.journal.entries
            #expect(entries.map(\.route) == [.signIn, .reserve, .provision, .provision, .search])
            #expect(entries.map(\.status) == [200, 200, 200, 422, 200])
            #expect(entries.map(\.hasCommitted) == [false, true, true, false, false])
            #expect(entries.map(\.number) == [1, 2, 3, 4, 5])
            #expect(entries[2].requestID == answer.header("X-Request-Id"))
            #expect(entries[2].dsn == dsn)
            #expect(entries[2].fields["mac"] == "0210f4a7c311")
            #expect(entries[4].fields["[filter][mac_like]"] == "0210f4a7c311")
            let text = try await bench.send("GET", "/sandbox/journal").text
            let device = try await bench.send("GET", "/sandbox/devices/\(dsn)").text
            for secret in ["Qq7solder", "acmefab-5a1dc0de-x1y2z3", token, "canary-setup"] {
                #expect(!text.contains(secret) && !device.contains(secret))
            }
            #expect(device.contains(#""has_wifi_setup_key":true"#))
            #expect(answer.text.contains("canary-setup"))
        }
    }

    @Test("another process steers it over its own routes") func control() async throws {
        try await CloudBench.run { bench in
            let injected = try await bench.post("/sandbox/faults", #"{"fault":"status-503@sign-in#1"}"#)
            #expect(injected.text == #"{"faults":["status-503@sign-in#1"]}"#)
            #expect(try await bench.signIn("station7@acme.example").status == 503)
            let wrong = try await bench.post("/sandbox/faults", #"{"fault":"nothing"}"#)
            #expect(wrong.status == 400)
            #expect(try wrong.json.object?["next"]?.text?.contains("drop-after-commit") == true)
            _ = try await bench.post("/sandbox/faults", #"{"fault":"status-500#0"}"#)
            #expect(try await bench.send("DELETE", "/sandbox/faults").text == #"{"faults":[]}"#)

            let set = try await bench.post("/sandbox/switches", #"{"switches":["D1=201","D24=colons"]}"#)
            #expect(set.text.contains("D1=201") && set.text.contains("D24=colons"))
            let half = try await bench.post("/sandbox/switches", #"{"switches":["D1=200","D1=500"]}"#)
            #expect(half.status == 400)
            let sign = try await bench.signIn("station7@acme.example")
            #expect(sign.status == 201)

            let token = try sign.json.object?["access_token"]?.text ?? ""
            _ = try await bench.post("/sandbox/pools", #"{"model":"AY008ESP1","count":1,"from":900000500}"#)
            let reserve = #"{"model":"AY008ESP1","count":1}"#
            #expect(try await bench.factory("reserve", token, reserve).text.contains("AC000W900000500"))
            #expect(try await bench.factory("reserve", token, reserve).text.contains("AFS-605"))
            _ = try await bench.post("/sandbox/expire-tokens", "{}")
            #expect(try await bench.factory("reserve", token, reserve).status == 401)
            let devices = try await bench.send("GET", "/sandbox/devices").json.object?["devices"]?.array
            #expect(devices?.first?.object?["state"] == "reserved")
            let journal = try await bench.send("GET", "/sandbox/journal?route=reserve").json.object?["entries"]?.array
            #expect(journal?.count == 3)
            #expect(try await bench.send("GET", "/sandbox/devices/AC000W900000501").status == 404)
            #expect(try await bench.send("GET", "/sandbox/devices/short").status == 400)
        }
    }

    @Test("a body that is no JSON object is 400, one of two megabytes 413") func badBodies() async throws {
        try await CloudBench.run { bench in
            let token = try await bench.token("station7@acme.example")
            for body in ["{", "[]", #"{"count":1.5,"model":"AY008ESP1"}"#] {
                #expect(try await bench.factory("reserve", token, body).status == 400)
            }
            let long = String(repeating: " ", count: 2 << 20)
            #expect(try await bench.factory("reserve", token, long).status == 413)
            #expect(try await bench.post("/users/sign_in", "{}").status == 400)
            #expect(try await bench.post("/users/sign_out", "{}").status == 400)
            #expect(bench.cloud.devices.isEmpty)
        }
    }
}
