// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import NIOCore
import Testing

@testable import MintmarkSandbox

@Suite("The virtual cloud's streams", .timeLimit(.minutes(1)))
struct CloudStreamTests {
    private typealias Line = CloudTwinTests.Line

    private func line(_ switches: [String] = []) throws -> Line {
        var line = try Line(switches: switches, templates: [CloudDatapointTests.template])
        try line.connect(CloudTwinTests.hello())
        _ = line.driver.state.takeEvents()
        return line
    }

    private func post(_ line: inout Line, _ name: String, _ value: String) {
        #expect(
            line.send("POST", line.property(name) + "/datapoints", #"{"datapoint":{"value":\#(value)}}"#).status == 201)
    }

    @Test("a new value is told with its property, to who wants that property")
    func datapoint() throws {
        var line = try line()
        let (all, some) = (try line.subscribe("datapoint").key, try line.subscribe("datapoint", property: "i,b").key)
        post(&line, "i", "7")
        post(&line, "s", #""x""#)
        let events = line.driver.state.takeEvents()
        #expect(events.map { $0.frames.map(\.key).sorted() } == [[all, some].sorted(), [all]])
        let text = events.first?.frames.first?.text ?? ""
        let event = try JSONParser.object(text.drop { $0 != "|" }.dropFirst().utf8)
        #expect(event["seq"] == "1")
        #expect(
            event["metadata"]
                == .object([
                    "base_type": "integer", "display_name": "i", "dsn": .string(line.dsn.description),
                    "event_type": "datapoint", "oem_id": "5a1dc0de", "oem_model": "lamp-one", "property_name": "i",
                    "resource_tags": [],
                ]))
        let payload = event["datapoint"]?.object
        #expect(payload?["value"] == 7 && payload?["user_uuid"] == "7e57ab1e-0000-4000-8000-0000000000a3")
        #expect(payload?["created_at"] == .string(UTCTime.isoText(seconds: line.driver.now)))
        // The versions that a unit tells when it connects are values too.
        try line.connect(CloudTwinTests.hello())
        let names = try line.told(all).map { $0["metadata"]?.object?["property_name"] }
        #expect(names == ["version", "oem_host_version"])
    }

    @Test(
        "a subscription hears of its own DSN, OEM model and kind of event only",
        arguments: [
            ("datapoint", "lamp-one", "*", 1), ("datapoint", "lamp-two", "*", 0),
            ("datapoint", "lamp-two,lamp-one", "*", 1),
            ("datapoint", "*", "AC000W000000000", 0), ("connectivity", "lamp-one", "*", 0),
            ("registration", "*", "*", 0),
        ])
    func filter(type: String, model: String, dsn: String, count: Int) throws {
        var line = try line()
        let key = try line.subscribe(type, model: model, dsn: dsn).key
        post(&line, "b", "1")
        #expect(try line.told(key).count == count && key.count == 32)
    }

    @Test(
        "D27: an acknowledgement's event holds the datapoint under either name",
        arguments: ["datapoint", "datapointack"])
    func acknowledgement(name: String) throws {
        var line = try line(["D27=\(name)"])
        let key = try line.subscribe("datapointack", property: "s").key
        post(&line, "s", #""on""#)
        #expect(try line.told(key).isEmpty)
        try line.driver.state.acknowledge("s", status: 200, message: 3, of: line.dsn, now: line.driver.now)
        let event = try line.told(key).first
        #expect(event?["metadata"]?.object?["event_type"] == "datapointack")
        let payload = event?[name]?.object
        #expect(payload?["value"] == "on" && payload?["ack_status"] == 200 && payload?["ack_message"] == 3)
        #expect(payload?["ack_id"]?.text?.count == 36)
    }

    @Test("registration is told, and its end, also when the unit moves to another company")
    func registration() throws {
        var line = try line()
        let key = try line.subscribe("registration").key
        let body = #"{"user_uuid":"7e57ab1e-0000-4000-8000-0000000000ac"}"#
        #expect(line.send("PUT", "/apiv1/devices/\(line.dsn)/register", body).status == 200)
        let at = JSONValue.string(UTCTime.isoText(seconds: line.driver.now))
        var event = try line.told(key).first?["registration_event"]?.object
        #expect(
            event
                == [
                    "dsn": .string(line.dsn.description), "registered": true, "registered_at": at,
                    "registration_type": "AP-Mode", "unregistered_at": .null,
                    "user_uuid": "7e57ab1e-0000-4000-8000-0000000000ac",
                ])
        try line.connect(CloudTwinTests.hello(oem: "0dfc7900", key: "secret-of-0dfc7900"))
        event = try line.told(key).first?["registration_event"]?.object
        #expect(event?["registered"] == false && event?["user_uuid"] == .null && event?["registered_at"] == .null)
        #expect(event?["unregistered_at"] == .string(UTCTime.isoText(seconds: line.driver.now)))
    }

    @Test("activation is told once, a place as often as it is told")
    func others() throws {
        var line = try line()
        let (activation, location) = (try line.subscribe("activation").key, try line.subscribe("location").key)
        try line.connect(CloudTwinTests.hello(isTest: false))
        try line.connect(CloudTwinTests.hello(isTest: false))
        let events = line.driver.state.takeEvents().flatMap(\.frames).filter { $0.key == activation }
        #expect(events.count == 1 && events.first?.text.contains(#""status":"Activated""#) == true)
        try line.driver.state.locate(line.dsn, latitude: "48.1", longitude: "11.5", now: line.driver.now)
        let place = try line.told(location).first?["location_event"]?.object
        #expect(place?["lat"] == "48.1" && place?["long"] == "11.5" && place?["provider"] == "user-based")
        #expect(try line.device()["lat"] == "48.1" && line.device()["lng"] == "11.5")
    }

    @Test("without a rule that fits no event comes, also after it was removed; an end user hears of own units only")
    func rights() throws {
        var line = try line()
        let (rule, subscription, key) = try line.subscribe(
            "datapoint", client: "mobile", role: "EndUser", by: "user@acme.example")
        post(&line, "i", "1")
        #expect(try line.told(key).isEmpty)
        let body = #"{"user_uuid":"7e57ab1e-0000-4000-8000-0000000000ac"}"#
        #expect(line.send("PUT", "/apiv1/devices/\(line.dsn)/register", body).status == 200)
        post(&line, "i", "2")
        #expect(try line.told(key).count == 1)
        let own = line.send("GET", "/api/v1/subscriptions/\(subscription).json", by: "user@acme.example")
        #expect(try own.object["subscription"]?.object?["client_type"] == "mobile")
        #expect(line.send("GET", "/api/v1/subscriptions/\(subscription)").status == 404)
        #expect(
            try line.send("GET", "/api/v1/oemAccessRules/\(rule)").object["OemAccessRule"]?.object?["role"] == "EndUser"
        )
        #expect(line.send("DELETE", "/api/v1/oemAccessRules/\(rule)").status == 204)
        #expect(line.send("GET", "/api/v1/oemAccessRules/\(rule)").status == 404)
        post(&line, "i", "3")
        #expect(try line.told(key).isEmpty)
    }

    @Test(
        "a rule covers what it names: kind, client, OEM models, properties",
        arguments: [
            (#""oem_model":"lamp-one","property_name":"i","client_type":"cloud","subscription_type":"datapoint""#, 201),
            (#""oem_model":"lamp-one","property_name":"*","client_type":"cloud","subscription_type":"datapoint""#, 403),
            (
                #""oem_model":"lamp-one,x","property_name":"i","client_type":"cloud","subscription_type":"datapoint""#,
                403
            ),
            (
                #""oem_model":"lamp-one","property_name":"i","client_type":"mobile","subscription_type":"datapoint""#,
                403
            ),
            (
                #""oem_model":"lamp-one","property_name":"i","client_type":"cloud","subscription_type":"datapointack""#,
                403
            ),
            (#""oem_model":"lamp-one","property_name":"i","client_type":"cloud","subscription_type":"weather""#, 400),
            (#""oem_model":"lamp-one","property_name":"i","client_type":"tv","subscription_type":"datapoint""#, 400),
            (#""oem_model":"*","property_name":"i","client_type":"cloud","subscription_type":"datapoint""#, 400),
        ])
    func covered(wish: String, status: Int) throws {
        var line = try line()
        _ = try line.subscribe("datapoint", property: "i,b")
        #expect(line.send("POST", "/api/v1/subscriptions", "{\(wish)}").status == status)
    }

    @Test(
        "E18: the frames of the documented events have their documented lengths",
        arguments: [
            ("259|", "2025-03-04T09:24:12Z", StreamEvent.Kind.connectivity(status: "Online")),
            ("347|", "2025-04-01T18:00:00Z", .registration(owner: "7e57ab1e-0000-4000-8000-0000000000b2", .apMode)),
            ("274|", "2025-04-01T17:58:20Z", .activation(id: "7e57ab1e-0000-4000-8000-0000000000c3")),
        ])
    func frames(start: String, time: String, kind: StreamEvent.Kind) throws {
        let event = StreamEvent(
            oem: "5a1dc0de", oemModel: "acmelamp1", dsn: "AC000W900000202",
            time: time.hasPrefix("2025-03") ? 1_741_080_252 : time.hasSuffix("00Z") ? 1_743_530_400 : 1_743_530_300,
            owner: nil, kind: kind)
        let frame = event.frame(number: 1)
        #expect(frame.hasPrefix(start) && frame.contains("\"\(time)\""), "\(frame)")
    }

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

    @Test("a subscription that no rule allows draws no key")
    func refused() throws {
        var keys: [String] = []
        for tries in 0...1 {
            var line = try line()
            let wish =
                #"{"oem_model":"lamp-one","property_name":"i","client_type":"cloud","subscription_type":"datapoint"}"#
            for _ in 0..<tries { #expect(line.send("POST", "/api/v1/subscriptions", wish).status == 403) }
            keys.append(try line.subscribe("datapoint").key)
        }
        #expect(keys[0] == keys[1] && keys[0].count == 32)
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
