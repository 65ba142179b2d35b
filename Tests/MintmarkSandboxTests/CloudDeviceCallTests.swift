// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import Testing

@testable import MintmarkSandbox

@Suite("The virtual cloud's calls about a device")
struct CloudDeviceCallTests {
    private typealias Line = CloudTwinTests.Line

    private func line() throws -> Line {
        var line = try Line()
        try line.connect(CloudTwinTests.hello())
        return line
    }

    @Test("a new name shows in the device and its properties; staff cannot give it")
    func rename() throws {
        var line = try line()
        let body = #"{"device":{"product_name":"Lamp by the door"}}"#
        #expect(line.send("PUT", "/apiv1/dsns/\(line.dsn)", body, by: "staff@acme.example").status == 403)
        #expect(line.send("PUT", "/apiv1/dsns/\(line.dsn)", #"{"device":{}}"#).status == 400)
        #expect(line.send("PUT", "/apiv1/dsns/\(line.dsn)", #"{"device":{"product_name":""}}"#).status == 422)
        #expect(try line.device()["product_name"] == .string(line.dsn.description))
        #expect(line.send("PUT", "/apiv1/devices/\(line.id).json", body).status == 200)
        #expect(try line.device()["product_name"] == "Lamp by the door")
        let property = try line.send("GET", line.property("lamp_on")).object["property"]?.object
        #expect(property?["product_name"] == "Lamp by the door")
    }

    @Test("metadata is made once, then changed, read and removed")
    func metadata() throws {
        var line = try line()
        let path = "/apiv1/dsns/\(line.dsn)/data"
        let datum = #"{"datum":{"key":"batch","value":"7"}}"#
        #expect(line.send("PUT", path + "/batch", datum).status == 404)
        #expect(line.send("POST", path, datum, by: "staff@acme.example").status == 403)
        #expect(line.send("POST", path, #"{"datum":{"key":"batch"}}"#).status == 400)
        #expect(line.send("POST", path + ".json", datum).status == 201)
        #expect(line.send("POST", path, datum).status == 400)
        let made = JSONValue.string(UTCTime.isoText(seconds: line.driver.now))
        line.driver.now += 5
        #expect(line.send("PUT", path + "/batch.json", #"{"datum":{"value":"8"}}"#).status == 200)
        let shown = try line.send("GET", path + "/batch", by: "staff@acme.example").object["datum"]
        #expect(
            shown
                == .object([
                    "created_at": made, "dsn": .string(line.dsn.description), "from_template": false, "key": "batch",
                    "updated_at": .string(UTCTime.isoText(seconds: line.driver.now)), "value": "8",
                ]))
        #expect(try line.send("GET", path).json == [.object(["datum": shown])])
        #expect(line.send("DELETE", path + "/batch").status == 200)
        #expect(line.send("GET", path + "/batch").status == 404)
        #expect(try line.send("GET", path).json == [])
    }

    @Test("devices are found by what a property holds now")
    func search() throws {
        var line = try line()
        var query = ["property_name": "lamp_on", "value": "1", "oem_id": "5a1dc0de", "oem_model": "lamp-one"]
        func found(by email: String = "admin@acme.example") throws -> [JSONValue]? {
            try line.send("GET", "/apiv1/devices/search.json", by: email, query).object["devices"]?.array
        }
        #expect(try found() == [])
        _ = line.send("POST", line.property("lamp_on") + "/datapoints", #"{"datapoint":{"value":1}}"#)
        #expect(try found()?.first?.object?["device"]?.object?["dsn"] == .string(line.dsn.description))
        #expect(try found(by: "friend@acme.example") == [])
        #expect(line.send("GET", "/apiv1/devices/search", by: "station7@acme.example", query).status == 403)
        query["oem_model"] = "lamp-two"
        #expect(try found() == [])
        query["oem_id"] = "77777777"
        #expect(line.send("GET", "/apiv1/devices/search", query).status == 403)
        query["value"] = nil
        let refused = line.send("GET", "/apiv1/devices/search", query)
        #expect(refused.status == 422 && refused.text.contains("missing: value"))
    }

    @Test("a factory reset waits for a unit that says it was reset")
    func factoryReset() throws {
        var line = try line()
        let path = "/apiv1/devices/\(line.id)/cmds/factory_reset.json"
        #expect(line.send("PUT", path, by: "staff@acme.example").status == 403)
        #expect(line.send("PUT", path).status == 200 && line.send("PUT", path).status == 200)
        #expect(line.driver.state.twins[line.dsn]?.commands == ["factory_reset"])
        try line.connect(CloudTwinTests.hello())
        #expect(line.driver.state.twins[line.dsn]?.commands == ["factory_reset"])
        var hello = CloudTwinTests.hello()
        hello.wasReset = true
        try line.connect(hello)
        #expect(line.driver.state.twins[line.dsn]?.commands == [])
    }

    @Test("devices of one user are listed by the user's uuid")
    func owned() throws {
        var line = try line()
        let query = ["user_uuid": "7e57ab1e-0000-4000-8000-0000000000ac"]
        #expect(try line.send("GET", "/apiv1/devices", query).json == [])
        let body = #"{"user_uuid":"7e57ab1e-0000-4000-8000-0000000000ac"}"#
        #expect(line.send("PUT", "/apiv1/devices/\(line.dsn)/register", body).status == 200)
        #expect(try line.send("GET", "/apiv1/devices", query).json.array?.count == 1)
        #expect(try line.send("GET", "/apiv1/devices", by: "user@acme.example").json.array?.count == 1)
    }
}
