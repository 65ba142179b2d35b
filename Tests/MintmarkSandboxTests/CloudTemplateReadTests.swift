// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import Testing

@testable import MintmarkSandbox

@Suite("Templates of the virtual cloud as JSON")
struct CloudTemplateReadTests {
    private static let start = #"{"id":5,"name":"Lamp","oem":"0dfc7900","oem_model":"lamp-one","version":"1.0""#

    @Test("what is written is read back")
    func roundTrip() throws {
        let template = CloudTemplate(
            id: 5, name: "Lamp", oem: "5a1dc0de", oemModel: "lamp-one", version: "1.0", registration: .display,
            properties: CloudDatapointTests.template.properties)
        #expect(try CloudTemplate(template.json, "it") == template)
        let document: JSONObject = ["templates": .array([.object(template.json)])]
        #expect(try CloudTemplate.list(CanonicalJSON.encode(document), file: "t.json") == [template])
    }

    @Test(
        "an error says which template, what is wrong and what to write",
        arguments: [
            (#"{"id":5}"#, #"template 1 of t.json has no "name""#, #"Give "name" a text."#),
            (#"7"#, "template 1 of t.json is no JSON object", "Write it as"),
            (
                #"{"id":"x","name":"Lamp"}"#, #"template 1 of t.json, "Lamp", has "x" as "id""#,
                #"Give "id" an integer."#
            ),
            (#"{"id":5,"name":"Lamp","oem_model":"m","version":"1"}"#, #"has no "oem""#, #"Give "oem" a text."#),
            (start + #","visibility":"all"}"#, #"has "all" as "visibility""#, "one of private, oem, public."),
            (start + #","registration_type":"WPS"}"#, #"has "WPS" as "registration_type""#, "Same-LAN, Button-Push"),
            (start + #","properties":{}}"#, #"has another kind of value as "properties""#, "a list of properties."),
            (
                start + #","properties":[{"name":"a","base_type":"boolean","direction":"input"},{"name":"b"}]}"#,
                #"property 2 of template 1 of t.json, "Lamp", "b", has no "base_type""#,
                "one of boolean, integer, decimal, string, file, message."
            ),
            (
                start + #","properties":[{"name":"a","base_type":"boolean","direction":"in"}]}"#,
                #"property 1 of template 1 of t.json, "Lamp", "a", has "in" as "direction""#, "one of input, output."
            ),
            (start + "},\(start)}", "template 2 of t.json has the id 5 again", "an id of its own"),
        ])
    func wrong(items: String, what: String, next: String) {
        let error = #expect(throws: MintmarkError.self) {
            _ = try CloudTemplate.list(Array(#"{"templates":[\#(items)]}"#.utf8), file: "t.json")
        }
        #expect(error?.code == .badInput && error?.what.contains(what) == true, "\(String(describing: error))")
        #expect(error?.next.contains(next) == true, "\(String(describing: error))")
    }

    @Test("a file that is no JSON, or another document, is named", arguments: ["{", "[]", "{}", #"{"templates":{}}"#])
    func noFile(text: String) {
        let error = #expect(throws: MintmarkError.self) { _ = try CloudTemplate.list(Array(text.utf8), file: "t.json") }
        #expect(error?.code == .badInput && error?.what.contains("t.json") == true)
    }
}
