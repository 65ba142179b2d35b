// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkFormats
import MintmarkStation
import Testing

@Suite("Examples in the tree")
struct ExampleFilesTests {
    private func template(_ name: String) throws(MintmarkError) -> Template {
        let folder = "\(Reading.root)/templates/\(name)"
        return try Template.decode(
            YAMLDocument.parse(bytes("\(folder)/template.yaml"), file: "template.yaml", code: .badTemplate), name: name,
            properties: CSVDocument.parse(bytes("\(folder)/properties.csv"), file: "properties.csv", code: .badTemplate)
        )
    }

    private func bytes(_ path: String) throws(MintmarkError) -> [UInt8] {
        try InputFile.read(path, atMost: 1 << 16, code: .badInput)
    }

    @Test("the development kit's template has its properties, each once")
    func ledevb() throws {
        let template = try template("ledevb")
        #expect(template.oemModel == "ledevb")
        let inputs = template.properties.filter { $0.direction == .input }.map(\.name)
        let outputs = template.properties.filter { $0.direction == .output }.map(\.name)
        #expect(Set(inputs) == ["Blue_LED", "Green_LED", "cmd", "input", "decimal_in"])
        #expect(Set(outputs) == ["Blue_button", "log", "output", "decimal_out", "version"])
    }

    @Test(
        "every station file is good, names its schema, and works on the public account",
        arguments: ["bench-label", "bench-config", "bench-verify"])
    func station(name: String) throws {
        let text = try bytes("\(Reading.root)/stations/\(name).yaml")
        #expect(text.starts(with: "# yaml-language-server: $schema=../docs/reference/station.schema.json\n".utf8))
        let node = try YAMLDocument.parse(text, file: "s.yaml", code: .badStationFile)
        let file = try StationFile.decode(node, folder: "/x") { (path) throws(MintmarkError) in
            try template((path as NSString).lastPathComponent)
        }
        #expect(file.station == name)
        #expect(file.oemID == "0dfc7900")
        // A rehearsal's folder of secrets fits as it is: the Device Service wants an admin.
        let user = name == "bench-verify" ? "admin" : String(name.dropFirst(6))
        #expect(String(decoding: text, as: UTF8.self).contains("  user: file:secrets/user-\(user).json\n"))
        #expect(file.environment == CloudEnvironment(region: .us, deployment: .dev))
    }
}
