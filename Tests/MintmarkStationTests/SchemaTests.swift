// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkStation
import TestSupport
import Testing

@Suite("Published schemas")
struct SchemaTests {
    private func schema(_ name: String) throws -> [String: Any] {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let data = try Data(contentsOf: root.appendingPathComponent("docs/reference/\(name)"))
        return try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    private func keys(_ schema: [String: Any], _ path: String...) throws -> Set<String> {
        var node = schema
        for name in path {
            let properties = try #require(node["properties"] as? [String: Any])
            node = try #require(properties[name] as? [String: Any])
            if let items = node["items"] as? [String: Any] { node = items }
        }
        return Set(try #require(node["properties"] as? [String: Any]).keys)
    }

    @Test("the station file's schema lists the keys that the reader takes")
    func station() throws {
        let schema = try schema("station.schema.json")
        #expect(try keys(schema) == Set(StationFile.keys))
        #expect(try keys(schema, "account") == Set(StationFile.accountKeys))
        #expect(try keys(schema, "cloud") == Set(StationFile.cloudKeys))
        #expect(try keys(schema, "cloud", "endpoints") == Set(StationFile.endpointKeys))
        #expect(try keys(schema, "slots") == Set(StationFile.slotKeys))
        #expect(try keys(schema, "test-wifi") == Set(TestWifi.keys))
        #expect(try keys(schema, "witnesses") == Set(StationFile.witnessKeys))
        #expect(try keys(schema, "offline") == Set(StationFile.offlineKeys))
        #expect(try keys(schema, "pool") == Set(StationFile.poolKeys))
        #expect(try keys(schema, "secrets") == Set(SecretName.allCases.map(\.rawValue)))
    }

    @Test("the template's schema lists the keys that the reader takes")
    func template() throws {
        let schema = try schema("template.schema.json")
        #expect(try keys(schema) == Set(Template.keys))
        #expect(try keys(schema, "mfg-serial") == Set(Template.mfgSerialKeys))
        #expect(try keys(schema, "wifi-ap") == Set(Template.wifiAPKeys))
    }

    @Test("every event has the fields of its schema and no other")
    func events() throws {
        let kinds = try #require(schema("events.schema.json")["oneOf"] as? [[String: Any]])
        var record = ManufacturingRecord(time: 1, status: .config, errCode: 51)
        record.dsn = try DSN("AC000W000000001")
        record.mac = try MAC("0210f4a7c311")
        record.hwsig = try HardwareSignature("a-b")
        (record.oemID, record.oemModel) = ("0dfc7900", "x")
        let error = MintmarkError(.deviceRefused, "what", next: "next", errCode: 51)
        let dsn = try DSN("AC000W000000001")
        let events: [StationEvent] = [
            .runOpened(slot: "A", run: "r"), .stepStarted(slot: "A", run: "r", step: "s", number: 1, of: 2),
            .runFinished(
                RunReport(
                    slot: "A", run: "r", outcome: .fail, error: error, record: record, request: "q", took: 1,
                    findings: [TwinFinding("template", .differs, expected: "a", shown: "b", text: "c")])),
            .slotFailed(slot: "A", error), .badge(dsn: dsn, request: "q", .registered, text: "t"), .notice("n"),
            .waiting(slot: "A"),
        ]
        let resolution = Resolution(
            slot: "A", hardware: "a-b", dsn: dsn, verdict: .kept, objections: ["why"],
            readBack: ReadBack(mac: try MAC("0210f4a7c311"), hwsig: nil, dsn: nil), request: "q")
        let lines = events.map(\.json) + [resolution.json]
        for json in lines {
            let kind = try #require(kinds.first { $0["title"] as? String == json["event"]?.text })
            #expect(try Set(json.members.map(\.name)) == keys(kind), "\(json["event"] as Any)")
        }
        #expect(kinds.count == lines.count)
    }
}
