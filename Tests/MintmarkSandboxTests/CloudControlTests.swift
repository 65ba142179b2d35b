// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import Testing

@testable import MintmarkSandbox

@Suite("The sandbox's own routes", .timeLimit(.minutes(1)))
struct CloudControlTests {
    @Test("the sandbox's own routes say what a body lacks, not to look at a ledger")
    func routes() async throws {
        try await CloudBench.run { bench in
            for (path, body, what) in [
                ("templates", #"{"id":1}"#, #"the template has no \"name\""#),
                ("faults", "{}", #"the body has no \"fault\""#), ("pools", #"{"model":"AY008ESP1"}"#, "count"),
                ("judge", #"{"dsn":"AC000W900000202"}"#, "oem_key"),
                ("devices/AC000W900000202/report", "{}", "name"),
            ] {
                let answer = try await bench.post("/sandbox/\(path)", body)
                #expect(answer.status == 400 && answer.text.contains(what), "\(answer.text)")
                #expect(!answer.text.contains("ledger"))
            }
        }
    }

    @Test("over the sandbox's own routes a unit reports, acknowledges, is located, and its button pushed")
    func unitRoutes() async throws {
        var configuration = CloudBench.configuration
        configuration.templates = [CloudDatapointTests.template]
        try await CloudBench.run(configuration) { bench in
            let reserved = try await bench.factory(
                "reserve", bench.token("station7@acme.example"), #"{"model":"AY008ESP1","count":1}"#)
            let dsn = try reserved.json.array?.first?.object?["device"]?.object?["dsn"]?.text ?? ""
            let device = "/sandbox/devices/\(dsn)"
            let connect = #"{"test":true,"oem":"5a1dc0de","oem_model":"lamp-one","template_version":"1.0"}"#
            for verb in ["disconnect", "push-button"] {
                let early = try await bench.post("\(device)/\(verb)", "")
                #expect(early.status == 404 && early.text.contains("never connected"))
                #expect(early.text.contains(#""next":"Send `connect` first.""#))
            }
            #expect(try await bench.post("/sandbox/devices/AC000W123456789/disconnect", "").text.contains("reserved"))
            #expect(try await bench.post(device + "/connect", connect).status == 200)
            let token = try await bench.token("admin@acme.example")
            let property = "/apiv1/dsns/\(dsn)/properties"
            let sent = try await bench.post(property + "/d/datapoints", token: token, #"{"datapoint":{"value":-0.5}}"#)
            #expect(try sent.json.object?["datapoint"]?.object?["value"] == "-0.5" && sent.status == 201)
            _ = try await bench.post(property + "/s/datapoints", token: token, #"{"datapoint":{"value":"x"}}"#)
            for (verb, body, status) in [
                ("report", #"{"name":"out","value":9}"#, 200), ("report", #"{"name":"out","value":"x"}"#, 422),
                ("report", #"{"name":"level","value":-12.5}"#, 200), ("report", #"{"name":"out","value":1.5}"#, 422),
                ("acknowledge", #"{"name":"s","status":200}"#, 200), ("acknowledge", #"{"name":"b"}"#, 403),
                ("locate", #"{"lat":"1","long":2}"#, 200), ("locate", #"{"lat":48.1,"long":-11.5}"#, 200),
                ("locate", #"{"lat":"north","long":"2"}"#, 400), ("push-button", "", 200), ("fly", "", 404),
            ] {
                #expect(try await bench.post(device + "/" + verb, body).status == status, "\(verb) \(body)")
            }
            let shown = try await bench.send("GET", property + "/out", token: token)
            #expect(try shown.json.object?["property"]?.object?["value"] == 9)
            let level = try await bench.send("GET", property + "/level", token: token)
            #expect(try level.json.object?["property"]?.object?["value"] == "-12.5")
            let place = try await bench.send("GET", "/apiv1/dsns/\(dsn)", token: token).json.object?["device"]?.object
            #expect(place?["lat"] == "48.1" && place?["lng"] == "-11.5")
        }
    }
}
