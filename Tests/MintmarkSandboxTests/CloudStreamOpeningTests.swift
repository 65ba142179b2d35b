// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import NIOCore
import Testing

@testable import MintmarkSandbox

@Suite("The virtual cloud's streams over TLS", .timeLimit(.minutes(1)))
struct CloudStreamOpeningTests {
    @Test("a stream that opens again is told what it missed, by numbers, and then what comes")
    func replay() async throws {
        var configuration = CloudBench.configuration
        configuration.templates = [CloudDatapointTests.template]
        try await CloudBench.run(configuration) { bench in
            let reserved = try await bench.factory(
                "reserve", bench.token("station7@acme.example"), #"{"model":"AY008ESP1","count":1}"#)
            let dsn = try DSN(reserved.json.array?.first?.object?["device"]?.object?["dsn"]?.text ?? "")
            let token = try await bench.token("admin@acme.example")
            let wish =
                #"{"dsn":"\#(dsn)","oem_model":"*","property_name":"*","client_type":"cloud","#
                + #""subscription_type":"connectivity"}"#
            let made = try await bench.post("/api/v1/subscriptions.json", token: token, wish)
                .json.object?["subscription"]?.object
            let key = made?["stream_key"]?.text ?? ""
            func status() async throws -> JSONValue? {
                try await bench.send("GET", "/api/v1/subscriptions/\(made?["id"]?.integer ?? 0).json", token: token)
                    .json.object?["subscription"]?.object?["connection_status"]
            }
            func events(_ client: StreamClient, _ count: Int) async throws -> [String] {
                var seen: [String] = []
                while seen.count < count, let text = await client.next() {
                    let event = try JSONParser.object(text.drop { $0 != "|" }.dropFirst().utf8)
                    let status = event["connection"]?.object?["status"]?.text ?? "?"
                    seen.append("\(event["seq"]?.text ?? "?") \(status)")
                }
                return seen
            }
            let connect = #"{"test":true,"oem":"5a1dc0de","oem_model":"lamp-one","template_version":"1.0"}"#
            #expect(try await status() == "Offline")
            let first = try await StreamClient(bench, "stream_key=\(key)")
            #expect(try await status() == "Online")
            #expect(try await bench.post("/sandbox/devices/\(dsn)/connect", connect).status == 200)
            #expect(try await events(first, 1) == ["1 Online"])
            try await first.close()
            _ = try await bench.post("/sandbox/devices/\(dsn)/disconnect", "")
            _ = try await bench.post("/sandbox/devices/\(dsn)/connect", connect)
            let second = try await StreamClient(bench, "stream_key=\(key)&seq_start=2")
            _ = try await bench.post("/sandbox/devices/\(dsn)/disconnect", "")
            #expect(try await events(second, 3) == ["2 Offline", "3 Online", "4 Offline"])
            let third = try await StreamClient(bench, "stream_key=\(key)&seq_start=1&seq_end=2")
            _ = try await bench.post("/sandbox/devices/\(dsn)/connect", connect)
            #expect(try await events(third, 3) == ["1 Online", "2 Offline", "5 Online"])
            try await second.close()
            try await third.close()
        }
    }

    @Test("a stream that opens while units come and go is told everything, once and in order")
    func busy() async throws {
        var configuration = CloudBench.configuration
        configuration.templates = [CloudDatapointTests.template]
        try await CloudBench.run(configuration) { bench in
            let (dsns, key) = try await subscribed(bench, units: 4)
            let connect = #"{"test":true,"oem":"5a1dc0de","oem_model":"lamp-one","template_version":"1.0"}"#
            async let opening = StreamClient(bench, "stream_key=\(key)&seq_start=1")
            let count = try await withThrowingTaskGroup(of: Int.self) { group in
                for dsn in dsns {
                    group.addTask { () async throws in
                        var (count, after) = (0, 0)
                        while after < 10 {
                            let answer = try await bench.post("/sandbox/devices/\(dsn)/connect", connect)
                            #expect(answer.status == 200)
                            count += 1
                            after += bench.cloud.openStreams
                        }
                        return count
                    }
                }
                return try await group.reduce(0, +)
            }
            let client = try await opening
            var numbers: [Int] = []
            while numbers.count < count, let text = await client.next() {
                let event = try JSONParser.object(text.drop { $0 != "|" }.dropFirst().utf8)
                numbers.append(Int(event["seq"]?.text ?? "") ?? 0)
            }
            #expect(numbers == Array(1...count) && count >= 40)
            try await client.close()
        }
    }

    @Test("faults strike the opening of a stream, and a refusal comes with its status and headers")
    func faults() async throws {
        try await CloudBench.run { bench in
            let (_, key) = try await subscribed(bench, units: 1)
            for (name, status, retryAfter) in [("status-503", 503, nil), ("status-429-7", 429, "7")] {
                bench.cloud.inject(try CloudFault(text: "\(name)@stream"))
                let refusal = await #expect(throws: StreamClient.Answer.self) {
                    try await StreamClient(bench, "stream_key=\(key)")
                }
                #expect(refusal?.status == status && refusal?.headers["retry-after"] == retryAfter)
                #expect(refusal?.headers["x-mintmark-sandbox"] == "1")
                #expect(bench.cloud.faults.isEmpty && bench.cloud.openStreams == 0)
            }
            bench.cloud.inject(try CloudFault(text: "drop-before-commit@stream"))
            await #expect(throws: ChannelError.eof) { try await StreamClient(bench, "stream_key=\(key)") }
            #expect(bench.cloud.faults.isEmpty && bench.cloud.openStreams == 0)
            bench.cloud.inject(try CloudFault(text: "drop-after-commit@stream"))
            let cut = try await StreamClient(bench, "stream_key=\(key)")
            #expect(await cut.next() == nil)
            bench.cloud.inject(try CloudFault(text: "late-30@stream"))
            let late = try await StreamClient(bench, "stream_key=\(key)")
            #expect(bench.cloud.openStreams == 1)
            try await late.close()
            let stranger = await #expect(throws: StreamClient.Answer.self) {
                try await StreamClient(bench, "stream_key=none")
            }
            #expect(stranger?.status == 401)
        }
    }

    @Test("a stream opens on a connection whose requests are answered; behind one that is not, the connection is cut")
    func pipelined() async throws {
        try await CloudBench.run { bench in
            let (_, key) = try await subscribed(bench, units: 1)
            let request = "GET /sandbox/faults HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
            let stream = try await StreamClient(bench, "stream_key=\(key)", after: request)
            #expect(bench.cloud.openStreams == 1)
            try await stream.close()
            await #expect(throws: ChannelError.eof) {
                try await StreamClient(bench, "stream_key=\(key)", behind: request)
            }
            #expect(try await bench.send("GET", "/sandbox/faults").status == 200)
        }
    }

    /// Reserved units, and the key of an admin's subscription to their connections.
    private func subscribed(_ bench: CloudBench, units: Int) async throws -> (dsns: [DSN], key: String) {
        let reserved = try await bench.factory(
            "reserve", bench.token("station7@acme.example"), #"{"model":"AY008ESP1","count":\#(units)}"#)
        let dsns = try reserved.json.array?.compactMap { $0.object?["device"]?.object?["dsn"]?.text } ?? []
        let wish =
            #"{"oem_model":"lamp-one","property_name":"*","client_type":"cloud","subscription_type":"connectivity"}"#
        let made = try await bench.post("/api/v1/subscriptions.json", token: bench.token("admin@acme.example"), wish)
        let key = try made.json.object?["subscription"]?.object?["stream_key"]?.text ?? ""
        return (try dsns.map { try DSN($0) }, key)
    }
}
