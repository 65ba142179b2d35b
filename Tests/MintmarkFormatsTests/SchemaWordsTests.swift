// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkFormats
import MintmarkStation
import Testing

@Suite("Words in the published schemas")
struct SchemaWordsTests {
    /// The part of a schema at these names.
    private func part(_ schema: String, _ path: String...) throws -> [String: Any] {
        let bytes = try InputFile.read("\(Reading.root)/docs/reference/\(schema)", atMost: 1 << 16, code: .badInput)
        var node = try #require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        for name in path { node = try #require(node[name] as? [String: Any], "\(name)") }
        return node
    }

    @Test("closed lists of words are the reader's")
    func words() throws {
        func words(_ schema: String, _ path: String...) throws -> [String] {
            var node = try part(schema)
            for name in path {
                let properties = try #require(node["properties"] as? [String: Any])
                node = try #require(properties[name] as? [String: Any])
                if let items = node["items"] as? [String: Any] { node = items }
            }
            return try #require(node["enum"] as? [String])
        }
        let (station, template) = ("station.schema.json", "template.schema.json")
        #expect(try words(station, "kind") == StationKind.allCases.map(\.rawValue))
        #expect(try words(station, "account", "role") == CloudRole.allCases.map(\.rawValue))
        #expect(try words(station, "test-wifi", "security") == TestWifi.Security.allCases.map(\.rawValue))
        #expect(try words(station, "cloud", "region") == CloudEnvironment.Region.allCases.map(\.rawValue))
        #expect(try words(station, "cloud", "deployment") == CloudEnvironment.Deployment.allCases.map(\.rawValue))
        #expect(try words(template, "family") == Template.Family.allCases.map(\.rawValue))
        #expect(try words(template, "mfg-serial", "from") == Template.SerialSource.allCases.map(\.rawValue))
        #expect(try words(template, "wifi-ap", "security") == Template.WifiAP.Security.allCases.map(\.rawValue))
        #expect(try words(template, "presence") == Template.Presence.allCases.map(\.rawValue))
        #expect(try Set(words(template, "regions")) == Set(CloudEnvironment.Region.allCases.map(\.rawValue)))
    }

    @Test("the baud rates of the schema are those the reader takes")
    func bauds() throws {
        let slot = try part("station.schema.json", "properties", "slots", "items", "properties", "baud")
        let rates = try #require(slot["enum"] as? [Int])
        #expect(rates.contains(slot["default"] as? Int ?? 0))
        for rate in rates {
            let file = try Reading.station(Reading.goodStation.replacing("baud: 9600", with: "baud: \(rate)"))
            #expect(file.slots[1].baud == rate)
        }
    }

    @Test("what the schemas require, the reader misses when it is not there")
    func required() throws {
        for (schema, good) in [
            ("station.schema.json", Reading.goodStation), ("template.schema.json", Reading.goodTemplate),
        ] {
            let required = try #require(part(schema)["required"] as? [String])
            guard case .map(let members) = try Reading.yaml(good).content else { continue }
            for member in members {
                let node = ConfigNode(
                    .map(members.filter { $0.key != member.key }), at: ConfigPlace(file: "f", line: 1, column: 1))
                let problem = Reading.problem { () throws(MintmarkError) in
                    if schema == "station.schema.json" {
                        _ = try Reading.station(node: node)
                    } else {
                        _ = try Template.decode(node, name: "x", properties: nil)
                    }
                }
                #expect((problem?.contains("found no \"\(member.key)\"") ?? false) == required.contains(member.key))
            }
        }
    }
}
