// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkSandbox
import Testing

/// The worked exchanges E13-E18, over real TLS: whatever member they show is there with that value. Ids and keys are the
/// sandbox's own.
@Suite("The virtual cloud's exchanges about a twin", .timeLimit(.minutes(1)))
struct CloudTwinExchangeTests {
    private static let at = "2025-03-04T09:24:12Z"
    private static let template = CloudTemplate(
        id: 4_100_017, name: "Acme Lamp", oem: "5a1dc0de", oemModel: "acmelamp1", version: "acmelamp 1.0",
        properties: [
            TemplateProperty("lamp_on", .boolean, .input),
            TemplateProperty("fw_version", .string, .output, isHostVersion: true),
        ])

    @Test("E13, E14: a twin before its first connection and after a test; a unit not pushed is not there")
    func device() async throws {
        try await with { bench, token in
            let before = try await get(bench, "/apiv1/dsns/AC000W900000202.json", token).object?["device"]
            try expect(
                before,
                #"""
                {"dsn":"AC000W900000202","product_name":"AC000W900000202","model":"AY008ESP1","oem":"5a1dc0de",
                "oem_model":"acmelamp1","template_id":null,"has_properties":false,"mac":"02a1b2c3d4f6",
                "unique_hardware_id":"e32-02a1b2c3d4f6","connection_status":"Offline","connected_at":null,
                "activated_at":null,"registered":false,"user_id":null,"user_uuid":null,"device_type":"Wifi"}
                """#)
            #expect(before?.object?["id"] == before?.object?["key"] && before?.object?["id"]?.integer != nil)
            let missing = try await bench.send("GET", "/apiv1/dsns/AC000W900000203.json", token: token)
            #expect(missing.status == 404 && missing.text == #"{"error":"Not found"}"#)
            try await connect(bench)
            try expect(
                try await get(bench, "/apiv1/dsns/AC000W900000202.json", token).object?["device"],
                #"""
                {"dsn":"AC000W900000202","oem_model":"acmelamp1","sw_version":"lampfw 1.4.0","template_id":4100017,
                "has_properties":true,"lan_ip":"192.0.2.40","connection_status":"Online","connected_at":"\#(Self.at)",
                "activated_at":null,"registered":false,"registrable":true,"registration_type":"AP-Mode","user_id":null,
                "lan_enabled":false,"ans_enabled":true,"ans_server":"ans.aylanetworks.com"}
                """#)
        }
    }

    @Test("E15, E16, E17: properties, history, templates and one chosen by hand")
    func twin() async throws {
        try await with { bench, token in
            try await connect(bench)
            let properties = try await get(bench, "/apiv1/dsns/AC000W900000202/properties.json", token).array ?? []
            let wanted = [
                #"""
                {"type":"Property","name":"lamp_on","display_name":"lamp_on","base_type":"boolean","read_only":false,
                "direction":"input","scope":"user","value":0,"product_name":"AC000W900000202","host_sw_version":false,
                "ack_enabled":false,"track_only_changes":false,"time_series":false,"derived":false,"denied_roles":[],
                "retention_days":30,"data_updated_at":null}
                """#,
                #"""
                {"type":"Property","name":"fw_version","base_type":"string","read_only":true,"direction":"output",
                "scope":"user","value":"lampfw 1.4.0","host_sw_version":true,"data_updated_at":"\#(Self.at)"}
                """#,
                #"""
                {"type":"Property","name":"oem_host_version","base_type":"string","read_only":true,
                "direction":"output","scope":"oem","value":"acmelamp 1.0","host_sw_version":false,
                "data_updated_at":"\#(Self.at)"}
                """#,
            ]
            #expect(properties.count == wanted.count)
            for (property, text) in zip(properties, wanted) { try expect(property.object?["property"], text) }

            let id = try await get(bench, "/apiv1/dsns/AC000W900000202", token).object?["device"]?.object?["key"]?
                .integer
            let device = "/apiv1/devices/\(id ?? 0)"
            let history = try await get(
                bench, device + "/connection_history/page/1/limit/10/field/event_time/order/desc.json", token)
            #expect(
                try history
                    == json(
                        #"[{"connection_history":{"event_time":"\#(Self.at)","status":"Online"}},"#
                            + #"{"connection_history":{"event_time":"\#(Self.at)","status":"Initializing"}}]"#))
            try expect(
                try await get(bench, "/apiv1/templates?admin_view=true&full_view=true", token).array?.first?
                    .object?["template"],
                #"""
                {"id":4100017,"name":"Acme Lamp","visibility":"oem","oem":"5a1dc0de","oem_model":"acmelamp1",
                "version":"acmelamp 1.0","template_type":"Wifi","registration_type":"AP-Mode"}
                """#)
            let chosen = try await bench.send(
                "PUT", device + "/template/4100017.json", token: token,
                #"{"device_id":\#(id ?? 0),"template_id":4100017}"#)
            #expect(chosen.status == 200 && chosen.text.isEmpty)
        }
    }

    @Test("E18: an access rule, a subscription, and the event of a connection")
    func stream() async throws {
        try await with { bench, token in
            let rule = try await bench.post(
                "/api/v1/oemAccessRules", token: token,
                #"{"role":"OEM::Admin","oem_model":"*","property_name":"*","client_type":"cloud","#
                    + #""subscription_type":"connectivity"}"#)
            #expect(rule.status == 201)
            try expect(
                try rule.json.object?["OemAccessRule"],
                #"""
                {"role":"OEM::Admin","oem":"5a1dc0de","property_name":"*","oem_model":"*","client_type":"cloud",
                "subscription_type":"connectivity","access_grant":true,"created_at":"\#(Self.at)",
                "updated_at":"\#(Self.at)"}
                """#)
            let answer = try await bench.post(
                "/api/v1/subscriptions.json", token: token,
                #"{"name":"line 3","description":"test cell","dsn":"*","oem_model":"acmelamp1","property_name":"*","#
                    + #""client_type":"cloud","subscription_type":"connectivity"}"#)
            #expect(answer.status == 201)
            let subscription = try answer.json.object?["subscription"]
            try expect(
                subscription,
                #"""
                {"oem":"5a1dc0de","dsn":"*","name":"line 3","description":"test cell","property_name":"*",
                "connection_status":"Offline","batch_size":1,"is_suspended":false,"date_suspended":null,
                "user_uuid":"7e57ab1e-0000-4000-8000-0000000000a3","oem_model":"acmelamp1","client_type":"cloud",
                "subscription_type":"connectivity","created_at":"\#(Self.at)","updated_at":"\#(Self.at)"}
                """#)
            let key = subscription?.object?["stream_key"]?.text ?? ""
            #expect(Hex.decode(key)?.count == 16)
            let client = try await StreamClient(bench, "stream_key=\(key)")
            try await connect(bench)
            let frame = await client.next() ?? ""
            #expect(frame.hasPrefix("259|"))
            #expect(
                try json(String(frame.dropFirst(4)))
                    == json(
                        #"""
                        {"seq":"1","metadata":{"oem_id":"5a1dc0de","oem_model":"acmelamp1","dsn":"AC000W900000202",
                        "resource_tags":[],"event_type":"connectivity"},"connection":{"event_time":"\#(Self.at)",
                        "user_uuid":"00000000-0000-0000-0000-000000000000","status":"Online"}}
                        """#))
            try await client.close()
        }
    }

    /// Every member of the text is there with its value.
    private func expect(_ shown: JSONValue?, _ text: String) throws {
        for (name, value) in try json(text).object?.members ?? [] {
            #expect(shown?.object?[name] == value, "\(name)")
        }
    }

    private func get(_ bench: CloudBench, _ path: String, _ token: String) async throws -> JSONValue {
        try await bench.send("GET", path, token: token).json
    }

    /// As a factory's test.
    private func connect(_ bench: CloudBench) async throws {
        let answer = try await bench.post(
            "/sandbox/devices/AC000W900000202/connect",
            #"{"test":true,"oem":"5a1dc0de","oem_model":"acmelamp1","template_version":"acmelamp 1.0","#
                + #""sw_version":"lampfw 1.4.0"}"#)
        #expect(answer.status == 200)
    }

    /// The unit of E9 is provisioned, its neighbour only reserved, and it is 09:24:12.
    private func with(_ work: (CloudBench, _ token: String) async throws -> Void) async throws {
        var configuration = CloudBench.configuration
        configuration.clock = { 1_741_080_252 }
        configuration.templates = [Self.template]
        try await CloudBench.run(configuration, switches: ["D14=at-once"]) { bench in
            try bench.cloud.setPool("AY008ESP1", 10, from: 900_000_202)
            let station = try await bench.token("station7@acme.example")
            _ = try await bench.factory("reserve", station, #"{"model":"AY008ESP1","count":2}"#)
            let provisioned = try await bench.factory(
                "AC000W900000202/provision", station,
                #"{"model":"AY008ESP1","mac":"02a1b2c3d4f6","manuf_model":"DEVKIT","manuf_sn":"q18","#
                    + #""hwsig":"e32-02a1b2c3d4f6","oem_model":"acmelamp1","module_sw_version":"lampfw 1.4.0","#
                    + #""dom_at":"2025/03/04 09:20:30 UTC","oem_host_version":"acmelamp 1.0"}"#)
            #expect(provisioned.status == 200)
            try await work(bench, bench.token("admin@acme.example"))
        }
    }
}
