// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import MintmarkCore
import MintmarkSandbox
import NIOCore
import Testing

@Suite("The virtual cloud's faults", .timeLimit(.minutes(1)))
struct CloudFaultTests {
    private let reserve = #"{"model":"AY008ESP1","count":1}"#

    @Test("an expired token is 401 until it is refreshed") func expire() async throws {
        try await CloudBench.run { bench in
            let tokens = try await bench.signIn("station7@acme.example").json.object
            bench.cloud.inject(try CloudFault(text: "expire@reserve"))
            let token = tokens?["access_token"]?.text ?? ""
            #expect(try await bench.factory("reserve", token, reserve).status == 401)
            #expect(try await bench.factory("reserve", token, reserve).status == 401)
            let refresh = #"{"user":{"refresh_token":"\#(tokens?["refresh_token"]?.text ?? "")"}}"#
            let fresh = try await bench.post("/users/refresh_token", refresh).json.object?["access_token"]?.text
            #expect(try await bench.factory("reserve", fresh ?? "", reserve).status == 200)
        }
    }

    @Test("every code of the factory service can be had, and changes nothing", arguments: FactoryError.samples)
    func code(error: FactoryError) async throws {
        try await CloudBench.run { bench in
            let token = try await bench.token("station7@acme.example")
            bench.cloud.inject(CloudFault(.code(error.code), at: .reserve))
            let answer = try await bench.factory("reserve", token, reserve)
            #expect(answer.status == 422)
            #expect(answer.text == #"{"error":[{"code":"\#(error.code)","message":"\#(error.message)"}]}"#)
            #expect(bench.cloud.devices.isEmpty)
            #expect(try await bench.factory("reserve", token, reserve).status == 200)
        }
    }

    @Test("a status comes instead of the answer, and changes nothing", arguments: [429, 500, 502, 503])
    func status(code: Int) async throws {
        try await CloudBench.run { bench in
            let token = try await bench.token("station7@acme.example")
            bench.cloud.inject(try CloudFault(text: "status-\(code)@reserve"))
            let answer = try await bench.factory("reserve", token, reserve)
            #expect(answer.status == code)
            #expect(answer.header("Retry-After") == (code == 429 ? "1" : nil))
            #expect(answer.header("X-Mintmark-Sandbox") == "1")
            #expect(bench.cloud.devices.isEmpty)
        }
    }

    @Test("Retry-After is the one that was asked for") func retryAfter() async throws {
        try await CloudBench.run { bench in
            bench.cloud.inject(try CloudFault(text: "status-503-7@sign-in"))
            #expect(try await bench.signIn("station7@acme.example").header("Retry-After") == "7")
        }
    }

    @Test(
        "a dropped connection gives no answer; the journal says whether the request counted",
        arguments: [("drop-before-commit", 0), ("drop-after-commit", 1)])
    func drop(name: String, count: Int) async throws {
        try await CloudBench.run { bench in
            let token = try await bench.token("station7@acme.example")
            bench.cloud.inject(try CloudFault(text: "\(name)@reserve"))
            await #expect(throws: (any Error).self) { try await bench.factory("reserve", token, reserve) }
            #expect(bench.cloud.devices.count == count)
            let entry = bench.cloud.journal.entries(.reserve).last
            #expect(entry?.status == nil)
            #expect(entry?.hasCommitted == (count == 1))
            #expect(entry?.fault == "\(name)@reserve#1")
            #expect(try await bench.factory("reserve", token, reserve).status == 200)
            #expect(bench.cloud.devices.count == count + 1)
        }
    }

    @Test("a half-open connection gives no answer before the client gives up, and the request counts")
    func halfOpen() async throws {
        try await CloudBench.run { bench in
            let token = try await bench.token("station7@acme.example")
            bench.cloud.inject(try CloudFault(text: "half-open@reserve"))
            await #expect(throws: HTTPClientError.deadlineExceeded) {
                try await bench.send(
                    "POST", "/devicefactory/v1/devices/reserve", token: token, reserve, patience: .milliseconds(200))
            }
            #expect(bench.cloud.devices.count == 1)
            #expect(bench.cloud.journal.entries(.reserve).last?.status == nil)
        }
    }

    @Test("late answers of different lateness overtake each other, and every request counts once")
    func reordered() async throws {
        try await CloudBench.run { bench in
            let token = try await bench.token("station7@acme.example")
            bench.cloud.inject(try CloudFault(text: "late-0-300@reserve#0"))
            let order = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<12 {
                    group.addTask {
                        try await bench.factory("reserve", token, reserve).json.array?.first?.object?["device"]?
                            .object?["dsn"]?.text ?? ""
                    }
                }
                return try await group.reduce(into: [String]()) { $0.append($1) }
            }
            #expect(Set(order) == Set(bench.cloud.devices.map(\.dsn.description)) && order.count == 12)
            #expect(order != order.sorted())
        }
    }

    @Test(
        "a bad certificate, or old TLS, keeps every client away",
        arguments: ["expired", "other-host", "other-authority", "self-signed", "old-tls"])
    func certificates(name: String) async throws {
        var configuration = CloudBench.configuration
        configuration.certificate = try #require(VirtualCloud.Configuration.Certificate(rawValue: name))
        try await CloudBench.run(configuration) { bench in
            await #expect(throws: (any Error).self) { try await bench.signIn("station7@acme.example") }
            #expect(bench.cloud.journal.entries.isEmpty)
        }
    }

    @Test("a request that a gateway sends twice is carried out twice")
    func duplicate() async throws {
        try await CloudBench.run { bench in
            let token = try await bench.token("station7@acme.example")
            bench.cloud.inject(try CloudFault(text: "duplicate@reserve"))
            #expect(try await bench.factory("reserve", token, reserve).json.array?.count == 1)
            #expect(bench.cloud.devices.count == 2)
        }
    }

    @Test("a truncated body breaks off after half of what was promised, and the request counts")
    func truncated() async throws {
        try await CloudBench.run { bench in
            let token = try await bench.token("station7@acme.example")
            bench.cloud.inject(try CloudFault(text: "truncated@reserve"))
            await #expect(throws: (any Error).self) { try await bench.factory("reserve", token, reserve) }
            #expect(bench.cloud.devices.count == 1)
            #expect(bench.cloud.journal.entries(.reserve).last?.hasCommitted == true)
        }
    }

    @Test("an oversized body has the size that was asked for and is still JSON") func oversized() async throws {
        try await CloudBench.run { bench in
            let token = try await bench.token("station7@acme.example")
            bench.cloud.inject(try CloudFault(text: "oversized-3000000@reserve"))
            let answer = try await bench.factory("reserve", token, reserve)
            #expect(answer.text.utf8.count == 3_000_000)
            #expect(try answer.json.array?.count == 1)
        }
    }

    @Test("a web page, a wrong content type and a redirect come as such") func shapes() async throws {
        try await CloudBench.run { bench in
            let token = try await bench.token("station7@acme.example")
            for text in ["html@reserve", "wrong-content-type@reserve#2", "redirect@reserve#3"] {
                bench.cloud.inject(try CloudFault(text: text))
            }
            let page = try await bench.factory("reserve", token, reserve)
            #expect(page.status == 200)
            #expect(page.header("Content-Type") == "text/html; charset=utf-8")
            #expect(page.text.hasPrefix("<html>"))
            let plain = try await bench.factory("reserve", token, reserve)
            #expect(plain.header("Content-Type") == "text/plain; charset=utf-8")
            #expect(try plain.json.array?.count == 1)
            let redirect = try await bench.factory("reserve", token, reserve)
            #expect(redirect.status == 302)
            #expect(redirect.header("Location")?.hasPrefix("https://127.0.0.1:9/") == true)
            #expect(bench.cloud.devices.count == 2)
        }
    }

    @Test("slow and late answers come after their time", arguments: ["slow-60@reserve", "late-60@reserve"])
    func slow(text: String) async throws {
        try await CloudBench.run { bench in
            let token = try await bench.token("station7@acme.example")
            bench.cloud.inject(try CloudFault(text: text))
            let start = ContinuousClock.now
            #expect(try await bench.factory("reserve", token, reserve).status == 200)
            #expect(start.duration(to: .now) >= .milliseconds(60))
        }
    }

    @Test("a late answer's request has counted when the client gives up, and does not keep the cloud from stopping")
    func late() async throws {
        let start = ContinuousClock.now
        try await CloudBench.run { bench in
            let token = try await bench.token("station7@acme.example")
            bench.cloud.inject(try CloudFault(text: "late-60000@reserve"))
            await #expect(throws: HTTPClientError.deadlineExceeded) {
                _ = try await bench.send(
                    "POST", "/devicefactory/v1/devices/reserve", token: token, reserve, patience: .milliseconds(200))
            }
            #expect(bench.cloud.devices.count == 1)
        }
        #expect(start.duration(to: .now) < .seconds(4))
    }

    @Test("#N strikes the Nth request of its route, once; #0 strikes all until it is cleared") func occurrence()
        async throws
    {
        try await CloudBench.run { bench in
            let token = try await bench.token("station7@acme.example")
            for text in ["status-500@reserve#2", "status-502@reserve#3", "status-503@search#0"] {
                bench.cloud.inject(try CloudFault(text: text))
            }
            var seen: [Int] = []
            for _ in 0..<4 { seen.append(try await bench.factory("reserve", token, reserve).status) }
            for _ in 0..<3 { seen.append(try await bench.search(token).status) }
            bench.cloud.clearFaults()
            seen.append(try await bench.search(token).status)
            #expect(seen == [200, 500, 502, 200, 503, 503, 503, 200])
        }
    }

    @Test("the same seed strikes the same requests", arguments: 1...3 as ClosedRange<UInt64>)
    func chance(seed: UInt64) async throws {
        var runs: [[Int]] = []
        for _ in 0..<2 {
            var configuration = CloudBench.configuration
            configuration.seed = seed
            configuration.faults = [try CloudFault(text: "status-500@profile%30")]
            try await CloudBench.run(configuration) { bench in
                let token = try await bench.token("station7@acme.example")
                var seen: [Int] = []
                for _ in 0..<40 {
                    seen.append(try await bench.send("GET", "/users/get_user_profile", token: token).status)
                }
                runs.append(seen)
            }
        }
        #expect(runs[0] == runs[1])
        #expect((3...25).contains(runs[0].count { $0 == 500 }))
    }

    @Test(
        "a fault is written as it is read",
        arguments: [
            "expire#1", "AFS-605@reserve#1", "status-503@manufacture#2", "status-429-1#1", "redirect@sign-in#0",
            "slow-250%5", "late-1000@provision#3", "drop-before-commit#0", "drop-after-commit@provision#1",
            "truncated@search%50", "oversized-100#1", "html#1", "wrong-content-type@refresh#1",
        ])
    func text(text: String) throws {
        #expect(try CloudFault(text: text).description == text)
    }

    @Test(
        "what is no fault is refused with the names there are",
        arguments: [
            "", "nothing", "slow", "slow-x", "slow--5", "AFS-609", "status-200", "status-5x0", "expire@nowhere",
            "expire#-1", "expire#x", "expire%101", "expire%5#2", "html-3", "status-503-1-2",
        ])
    func wrong(text: String) {
        let error = #expect(throws: MintmarkError.self) { try CloudFault(text: text) }
        #expect(error?.code == .badInput)
        #expect(error?.next.contains("drop-after-commit") == true)
    }
}
