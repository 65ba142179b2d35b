// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import Testing

@testable import MintmarkSandbox

@Suite("The events of the virtual cloud's streams")
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
}
