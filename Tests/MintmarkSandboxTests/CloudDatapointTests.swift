// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import Testing

@testable import MintmarkSandbox

@Suite("The virtual cloud's datapoints")
struct CloudDatapointTests {
    private typealias Line = CloudTwinTests.Line

    static let template = CloudTemplate(
        id: 42, name: "All", oem: "5a1dc0de", oemModel: "lamp-one", version: "1.0",
        properties: [
            TemplateProperty("b", .boolean, .input), TemplateProperty("i", .integer, .input),
            TemplateProperty("d", .decimal, .input), TemplateProperty("s", .string, .input, isAcknowledged: true),
            TemplateProperty("m", .message, .input), TemplateProperty("f", .file, .input),
            TemplateProperty("out", .integer, .output), TemplateProperty("level", .decimal, .output),
            TemplateProperty("version", .string, .output, isHostVersion: true),
        ])

    private func line() throws -> Line {
        var line = try Line(templates: [Self.template])
        try line.connect(CloudTwinTests.hello())
        return line
    }

    @Test(
        "a value must fit the property's base type, limits included",
        arguments: [
            ("b", "0", "0"), ("b", "1", "1"), ("b", "true", "1"), ("b", "2", nil), ("b", #""on""#, nil),
            ("i", "2147483647", "2147483647"), ("i", "-2147483648", "-2147483648"), ("i", "2147483648", nil),
            ("i", "1.5", nil), ("i", #""12""#, "12"), ("d", "21474836.47", #""21474836.47""#),
            ("d", "-21474836.48", #""-21474836.48""#), ("d", "21474836.48", nil), ("d", "1.255", nil),
            ("d", "3", #""3""#), ("d", "1e2", nil), ("d", #""-0.5""#, #""-0.5""#), ("s", #""x""#, #""x""#),
            ("s", "5", nil), ("f", #""x""#, nil),
        ])
    func values(name: String, sent: String, kept: String?) throws {
        var line = try line()
        let answer = line.send("POST", line.property(name) + "/datapoints.json", #"{"datapoint":{"value":\#(sent)}}"#)
        let before = kept == nil ? (name == "b" ? "0" : "null") : nil
        #expect(answer.status == (kept == nil ? 422 : 201))
        let shown = try line.send("GET", line.property(name)).object["property"]?.object?["value"]
        #expect(try shown == json(kept ?? before ?? ""))
        if kept != nil { #expect(try answer.object["datapoint"]?.object?["value"] == shown) }
    }

    @Test("a text has 1024 bytes at most, a message 512 KB", arguments: [("s", 1024), ("m", 512 << 10)])
    func lengths(name: String, limit: Int) throws {
        var line = try line()
        let path = line.property(name) + (name == "m" ? "/message_datapoints.json" : "/datapoints")
        for (count, status) in [(limit, 201), (limit + 1, 422)] {
            let text = String(repeating: "x", count: count)
            #expect(line.send("POST", path, #"{"datapoint":{"value":"\#(text)"}}"#).status == status)
        }
    }

    @Test(
        "an admin and the owner send values, nobody else; not to what the unit reports, not to what is not there",
        arguments: [
            ("admin@acme.example", "i", 201, 200), ("staff@acme.example", "i", 403, 200),
            ("user@acme.example", "i", 201, 200), ("friend@acme.example", "i", 404, 404),
            ("station7@acme.example", "i", 403, 403), ("admin@maker.example", "i", 404, 404), ("nobody", "i", 401, 401),
            ("admin@acme.example", "out", 403, 200), ("admin@acme.example", "none", 404, 404),
        ])
    func rights(email: String, name: String, status: Int, reading: Int) throws {
        var line = try line()
        let owner = #"{"user_uuid":"7e57ab1e-0000-4000-8000-0000000000ac"}"#
        #expect(line.send("PUT", "/apiv1/devices/\(line.dsn)/register.json", owner).status == 200)
        let body = #"{"datapoint":{"value":1}}"#
        #expect(line.send("POST", line.property(name) + "/datapoints", body, by: email).status == status)
        let batch = #"{"batch_datapoints":[{"dsn":"\#(line.dsn)","name":"\#(name)","datapoint":{"value":2}}]}"#
        #expect(line.send("POST", "/apiv1/batch_datapoints.json", batch, by: email).status == status)
        #expect(line.send("GET", line.property(name) + "/datapoints", by: email).status == reading)
        #expect(line.send("POST", line.property("i") + "/datapoints", #"{"value":1}"#).status == 400)
    }

    @Test("values come in the order of time: the newest of them, or a page")
    func list() throws {
        var line = try line()
        for number in 1...7 {
            line.driver.now += 60
            let body = #"{"datapoint":{"value":\#(number),"metadata":{"n":"\#(number)"}}}"#
            #expect(line.send("POST", line.property("i") + "/datapoints", body).status == 201)
        }
        func values(_ items: [JSONValue]?) -> [Int64] {
            items?.compactMap { $0.object?["datapoint"]?.object?["value"]?.integer } ?? []
        }
        let path = line.property("i") + "/datapoints.json"
        #expect(try values(line.send("GET", path).json.array) == [1, 2, 3, 4, 5, 6, 7])
        let newest = try line.send("GET", path, ["limit": "2"]).json.array
        #expect(values(newest) == [6, 7])
        #expect(newest?.last?.object?["datapoint"]?.object?["metadata"] == .object(["n": "7"]))
        #expect(
            newest?.last?.object?["datapoint"]?.object?["created_at"]
                == .string(UTCTime.isoText(seconds: line.driver.now)))

        var query = ["paginated": "true", "per_page": "3"]
        var page = try line.send("GET", path, query).object
        #expect(values(page["datapoints"]?.array) == [1, 2, 3])
        #expect(page["meta"] == .object(["current_page_number": 1, "next_page": "3", "previous_page": .null]))
        query["next"] = "6"
        page = try line.send("GET", path, query).object
        #expect(values(page["datapoints"]?.array) == [7])
        #expect(page["meta"] == .object(["current_page_number": 3, "next_page": .null, "previous_page": "3"]))
        query = ["paginated": "true", "per_page": "3", "is_forward_page": "false", "previous": "3"]
        #expect(try values(line.send("GET", path, query).object["datapoints"]?.array) == [4, 5, 6])
        query = [
            "paginated": "1", "filter[created_at_since_date]": UTCTime.isoText(seconds: line.driver.now - 120),
            "filter[created_at_end_date]": UTCTime.isoText(seconds: line.driver.now - 60),
        ]
        #expect(try values(line.send("GET", path, query).object["datapoints"]?.array) == [5, 6])
    }

    @Test("of a batch with one bad value nothing is kept")
    func batch() throws {
        var line = try line()
        func batch(_ second: String) -> String {
            let start = #"{"batch_datapoints":[{"dsn":"\#(line.dsn)","name":"i","datapoint":{"value":7}},"#
            return start + #"{"dsn":"\#(line.dsn)","name":"s","datapoint":{"value":\#(second)}}]}"#
        }
        #expect(line.send("POST", "/apiv1/batch_datapoints", batch("9")).status == 422)
        #expect(try line.send("GET", line.property("i") + "/datapoints").json == [])
        let made = line.send("POST", "/apiv1/batch_datapoints", batch(#""on""#))
        #expect(try made.status == 201 && made.object["batch_datapoints"]?.array?.count == 2)
        #expect(try line.send("GET", line.property("i") + "/datapoints").json.array?.count == 1)
        #expect(line.send("POST", "/apiv1/batch_datapoints", "{}").status == 400)
    }

    @Test("a batch has a hundred items at most; more are refused with the limit")
    func batchLimit() throws {
        var line = try line()
        let item = #"{"dsn":"\#(line.dsn)","name":"i","datapoint":{"value":7}}"#
        for (count, status) in [(101, 422), (100, 201)] {
            let items = Array(repeating: item, count: count).joined(separator: ",")
            let answer = line.send("POST", "/apiv1/batch_datapoints", #"{"batch_datapoints":[\#(items)]}"#)
            #expect(answer.status == status && answer.text.contains("at most 100 items") == (status == 422))
        }
        #expect(line.driver.state.twins[line.dsn]?.datapoints["i"]?.count == 100)
    }

    @Test("a property keeps its newest thousand values")
    func kept() throws {
        var line = try line()
        for number in 1...1002 {
            try line.driver.state.report("out", .integer(Int64(number)), of: line.dsn, now: line.driver.now)
        }
        let kept = line.driver.state.twins[line.dsn]?.datapoints["out"]
        #expect(kept?.count == 1000 && kept?.first?.value == 3 && kept?.last?.value == 1002)
    }

    @Test(
        "a datapoint's metadata is an object of ten texts at most",
        arguments: [
            ("{}", 201), ("null", 201), (#"{"k":"v"}"#, 201), (#"{"k":1}"#, 422), (#"{"k":null}"#, 422),
            (#"["v"]"#, 422), (#""v""#, 422), (members(10), 201), (members(11), 422),
        ])
    func metadata(sent: String, status: Int) throws {
        var line = try line()
        let body = #"{"datapoint":{"value":1,"metadata":\#(sent)}}"#
        let answer = line.send("POST", line.property("i") + "/datapoints", body)
        #expect(answer.status == status && answer.text.contains("at most 10 texts") == (status == 422))
    }

    private static func members(_ count: Int) -> String {
        "{" + (0..<count).map { #""k\#($0)":"v""# }.joined(separator: ",") + "}"
    }

    @Test("what the unit tells with its connection, and reports, are values of its properties")
    func reported() throws {
        var line = try line()
        let at = JSONValue.string(UTCTime.isoText(seconds: line.driver.now))
        for (name, value) in [("version", JSONValue.string("fw 1.4")), ("oem_host_version", "1.0")] {
            let items = try line.send("GET", line.property(name) + "/datapoints").json.array
            let datapoint = items?.first?.object?["datapoint"]?.object
            #expect(items?.count == 1 && datapoint?["value"] == value && datapoint?["created_at_from_device"] == at)
        }
        try line.driver.state.report("out", 5, of: line.dsn, now: line.driver.now)
        #expect(try line.send("GET", line.property("out")).object["property"]?.object?["value"] == 5)
        // The newest value counts, whether it came with the connection or not.
        for name in ["version", "oem_host_version"] {
            try line.driver.state.report(name, "fw 2", of: line.dsn, now: line.driver.now)
            #expect(try line.send("GET", line.property(name)).object["property"]?.object?["value"] == "fw 2")
        }
        try line.connect(CloudTwinTests.hello())
        #expect(try line.send("GET", line.property("version")).object["property"]?.object?["value"] == "fw 1.4")
        #expect(try line.send("GET", line.property("oem_host_version")).object["property"]?.object?["value"] == "1.0")
        for (name, value, refusal) in [
            ("i", JSONValue.integer(1), ConnectRefusal.notReported), ("out", "x", .wrongValue),
            ("none", 1, .noProperty),
        ] {
            #expect(throws: refusal) {
                try line.driver.state.report(name, value, of: line.dsn, now: line.driver.now)
            }
        }
    }

    @Test("a unit acknowledges what a property was sent, if its template says so")
    func acknowledged() throws {
        var line = try line()
        _ = line.send("POST", line.property("s") + "/datapoints", #"{"datapoint":{"value":"on"}}"#)
        var shown = try line.send("GET", line.property("s")).object["property"]?.object
        #expect(shown?["ack_enabled"] == true && shown?["ack_status"] == nil)
        try line.driver.state.acknowledge("s", status: 400, message: 7, of: line.dsn, now: line.driver.now)
        shown = try line.send("GET", line.property("s")).object["property"]?.object
        #expect(shown?["ack_status"] == 1 && shown?["ack_message"] == 7)
        let datapoint = try line.send("GET", line.property("s") + "/datapoints").json.array?.last?.object
        #expect(datapoint?["datapoint"]?.object?["ack_status"] == 400)
        for (name, refusal) in [
            ("i", ConnectRefusal.notAcknowledged), ("out", .notAcknowledged), ("none", .noProperty),
        ] {
            #expect(throws: refusal) {
                try line.driver.state.acknowledge(name, status: 200, message: 0, of: line.dsn, now: line.driver.now)
            }
        }
        var fresh = try self.line()
        #expect(throws: ConnectRefusal.noValue) {
            try fresh.driver.state.acknowledge("s", status: 200, message: 0, of: fresh.dsn, now: fresh.driver.now)
        }
    }
}
