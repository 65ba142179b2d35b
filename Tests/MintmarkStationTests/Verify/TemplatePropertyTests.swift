// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkFormats
import Testing

@testable import MintmarkStation

@Suite("properties.csv from a twin")
struct TemplatePropertyTests {
    private func property(_ name: String, _ type: String?, _ direction: String?, _ scope: String?) -> TwinProperty {
        var property = TwinProperty(name: name)
        (property.baseType, property.direction, property.scope) = (type, direction, scope)
        return property
    }

    @Test("has a row for each property but the one that every twin has, and reads back as the same")
    func rows() throws {
        var lamp = property("lamp", "boolean", "input", "user")
        lamp.isAcknowledged = true
        let twin = [
            lamp, property("oem_host_version", "string", "output", "oem"), property("report", "file", "output", "oem"),
        ]
        let text = try TemplateProperty.csv(of: twin)
        #expect(
            text == """
                base_type,direction,name,scope,ack_enabled
                boolean,input,lamp,user,true
                file,output,report,oem,false

                """)
        let rows = try CSVDocument.parse(Array(text.utf8), file: "properties.csv", code: .badTemplate)
        let reader = ConfigReader(code: .badTemplate)
        #expect(TemplateProperty.read(rows, reader).map(\.name) == ["lamp", "report"])
        #expect(TemplateProperty.read(rows, reader).map(\.ackEnabled) == [true, false])
    }

    @Test("nothing is guessed of a property that the import has no words for")
    func refused() {
        let wrong = [
            property("a,b", "boolean", "input", "user"), property("a", "blob", "input", "user"),
            property("a", "boolean", nil, "user"), property("a", "boolean", "input", "guest"),
        ]
        let says = [
            "its name does not fit into a row of the import", "its base type is \"blob\"",
            "its direction is not shown", "its scope is \"guest\"",
        ]
        for (property, text) in zip(wrong, says) {
            #expect {
                try TemplateProperty.csv(of: [property])
            } throws: {
                ($0 as? MintmarkError)?.what.hasSuffix(text) == true
            }
        }
    }
}
