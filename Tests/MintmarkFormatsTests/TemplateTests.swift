// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkStation
import Testing

@Suite("Templates")
struct TemplateTests {
    private func problem(_ text: String, properties: String? = nil) -> String? {
        Reading.problem { () throws(MintmarkError) in try Reading.template(text, properties: properties) }
    }

    @Test("a good template is read whole")
    func good() throws {
        let template = try Reading.template(Reading.goodTemplate)
        #expect(template.name == "product")
        #expect(template.family == .bc)
        #expect(template.moduleModel == "AY001MTP1")
        #expect(template.mfgModel == "WD-201")
        #expect(template.mfgSerialPrefix == "wd-")
        #expect(template.mfgSerialSource == .counter)
        #expect(template.odm == "Acme Works")
        #expect(template.oemModel == "ledevb")
        #expect(template.oemHostVersion == "1.0")
        #expect(template.firmware == ["2.4.7", "2.10"])
        #expect(template.regions == ["us", "cn"])
        #expect(template.wifiAP?.ssidMAC == "Ayla-")
        #expect(template.wifiAP?.security == .wpa2)
        #expect(template.presence == .probe)
        #expect(template.properties.isEmpty)
    }

    @Test("what may be left out has its default")
    func smallest() throws {
        let template = try Reading.template(
            "family: bc\nmodule-model: A\nmfg-model: B\nmfg-serial: {}\noem-model: c\noem-host-version: d\n")
        #expect(template.mfgSerialPrefix == "")
        #expect(template.mfgSerialSource == .counter)
        #expect(template.odm == nil)
        #expect(template.firmware.isEmpty)
        #expect(template.regions == ["us", "cn", "eu"])
        #expect(template.wifiAP == nil)
        #expect(template.presence == .banner)
    }

    private static let console = "printable ASCII characters without blank, comma and quote"
    private static let model = "1-20 of letters, digits and -, not beginning with -"
    private static let badFiles: [(old: String, new: String, problem: String)] = [
        ("family: bc", "family: agent", "1:9: found \"agent\", expected bc; agent is not supported by this version"),
        (
            "family: bc", "family: gateway",
            "1:9: found \"gateway\", expected bc; gateway is not supported by this version"
        ),
        ("family: bc", "family: esp", "1:9: found \"esp\", expected bc"),
        ("AY001MTP1", "ay001", "2:15: found \"ay001\", expected a module model: 1-23 of A-Z, 0-9"),
        (
            "AY001MTP1", "A23456789012345678901234",
            "2:15: found \"A23456789012345678901234\", expected a module model: 1-23 of A-Z, 0-9"
        ),
        ("WD-201", "WD 201", "3:12: found \"WD 201\", expected 1-23 \(console)"),
        ("WD-201", "WD,201", "3:12: found \"WD,201\", expected 1-23 \(console)"),
        ("WD-201", "W23456789012345678901234", "3:12: found \"W23456789012345678901234\", expected 1-23 \(console)"),
        ("\"wd-\"", "\"w,\"", "4:23: found \"w,\", expected 1-24 \(console)"),
        (
            "from: counter", "from: scan",
            "4:36: found \"scan\", expected counter or unit; scan is not supported by this version"
        ),
        ("from: counter", "from: unit", "4:23: found a prefix, expected none: the unit shows its whole mfg_serial"),
        (
            "mfg-serial: { prefix: \"wd-\", from: counter }", "mfg-serial: counter",
            "4:13: found a text, expected mfg-serial, a map with prefix, from"
        ),
        (
            "Acme Works", "\"Acme, Works\"",
            "5:6: found \"Acme, Works\", expected 1-64 printable characters without comma"
        ),
        ("oem-model: ledevb", "oem-model: led_evb", "6:12: found \"led_evb\", expected an OEM model: \(model)"),
        ("oem-model: ledevb", "oem-model: -led", "6:12: found \"-led\", expected an OEM model: \(model)"),
        (
            "oem-model: ledevb", "oem-model: a23456789012345678901",
            "6:12: found \"a23456789012345678901\", expected an OEM model: \(model)"
        ),
        (
            "oem-host-version: 1.0\n", "",
            "1:1: found no \"oem-host-version\", expected 1-64 printable characters without comma"
        ),
        (
            "2.10]", "2 10]",
            "8:21: found \"2 10\", expected a version as the boot banner shows it: 1-40 printable ASCII characters without blank"
        ),
        (
            "2.10]", "\"\"]",
            "8:21: found nothing, expected a version as the boot banner shows it: 1-40 printable ASCII characters without blank"
        ),
        ("[\"2.4.7\", 2.10]", "[]", "8:11: found an empty list, expected a list of at least one version"),
        ("[\"2.4.7\", 2.10]", "2.10", "8:11: found a text, expected a list of at least one version"),
        ("[us, cn]", "[us, uk]", "9:15: found \"uk\", expected us, cn or eu"),
        ("[us, cn]", "[]", "9:10: found an empty list, expected a list of at least one region"),
        ("\"Ayla-\"", "\"Ayla device-\"", "10:22: found \"Ayla device-\", expected 1-20 \(console)"),
        ("WPA2_Personal", "wpa2", "10:41: found \"wpa2\", expected none or WPA2_Personal"),
        (
            "presence: probe", "presence: modem",
            "11:11: found \"modem\", expected banner, probe or manual; modem is not supported by this version"
        ),
        (
            "allow-reenable: false", "allow-reenable: true",
            "12:17: found \"true\", expected false: re-enabling setup mode is not in this version"
        ),
        (
            "allow-reenable: false", "allow-reenable: []",
            "12:17: found a list, expected false: re-enabling setup mode is not in this version"
        ),
        (
            "allow-reenable: false", "steps: []",
            "12:1: found the key \"steps\", expected no such key: it is not used by this version"
        ),
        (
            "firmware:", "firmwares:",
            "8:1: found the unknown key \"firmwares\", expected one of \(Template.keys.joined(separator: ", ")); did you mean \"firmware\"?"
        ),
    ]

    @Test(
        "what is wrong is told with line, column, what was found and what was expected", arguments: 0..<badFiles.count)
    func bad(number: Int) throws {
        let (old, new, expected) = Self.badFiles[number]
        try #require(Reading.goodTemplate.contains(old))
        #expect(problem(Reading.goodTemplate.replacing(old, with: new)) == "t.yaml:\(expected)")
    }

    @Test("the digest is of what the template says, not of how it is written")
    func digest() throws {
        let digest = try Reading.template(Reading.goodTemplate).digest
        #expect(digest.count == 64)
        let lines = Reading.goodTemplate.split(separator: "\n")
        #expect(try Reading.template("# a remark\n" + lines.reversed().joined(separator: "\n")).digest == digest)
        for (old, new) in [
            ("AY001MTP1", "AY001MTP2"), ("WD-201", "WD-202"), ("wd-", "we-"), ("Acme Works", "Acme"),
            ("ledevb", "ledevc"), ("1.0", "1.1"), ("2.10", "2.11"), ("us, cn", "us"), ("Ayla-", "Aylb-"),
            ("WPA2_Personal", "none"), ("probe", "manual"), ("odm: Acme Works\n", ""),
        ] {
            #expect(try Reading.template(Reading.goodTemplate.replacing(old, with: new)).digest != digest, "\(new)")
        }
        let properties = "base_type,direction,name,scope\nboolean,input,a,user\n"
        #expect(try Reading.template(Reading.goodTemplate, properties: properties).digest != digest)
    }

    @Test("properties are read by their columns' names, in any order")
    func properties() throws {
        let template = try Reading.template(
            Reading.goodTemplate,
            properties:
                "name,ack_enabled,scope,base_type,direction\r\nBlue_LED,true,user,boolean,input\r\n\"log\",,oem,string,output\r\nx,false,user,message,input\r\n"
        )
        #expect(template.properties.map(\.name) == ["Blue_LED", "log", "x"])
        #expect(template.properties.map(\.baseType) == [.boolean, .string, .message])
        #expect(template.properties.map(\.direction) == [.input, .output, .input])
        #expect(template.properties.map(\.scope) == [.user, .oem, .user])
        #expect(template.properties.map(\.ackEnabled) == [true, false, false])
    }

    private static let name = "a name: 1-255 printable characters without blank, comma and quote"
    private static let badRows: [(text: String, problems: [String])] = [
        ("", ["1:1: found no row, expected the columns' names"]),
        (
            "base_type,direction,name\n",
            ["1:1: found no column scope, expected the columns base_type, direction, name, scope"]
        ),
        (
            "base_type,direction,name,name,scope\n",
            ["1:26: found the column \"name\", expected base_type, direction, name, scope, ack_enabled, each once"]
        ),
        (
            "base_type,direction,name,scope,color\n",
            ["1:32: found the column \"color\", expected base_type, direction, name, scope, ack_enabled, each once"]
        ),
        (
            "base_type;direction;name;scope\n",
            [
                "1:1: found the column \"base_type;direction;name;scope\", expected base_type, direction, name, scope, ack_enabled, each once",
                "1:1: found no column base_type, direction, name, scope, expected the columns base_type, direction, name, scope",
            ]
        ),
        (
            "base_type,direction,name,scope\nbool,input,a,user\n",
            ["2:1: found \"bool\", expected boolean, integer, decimal, string, file or message"]
        ),
        ("base_type,direction,name,scope\nboolean,in,a,user\n", ["2:9: found \"in\", expected input or output"]),
        ("base_type,direction,name,scope\nboolean,input,a,all\n", ["2:17: found \"all\", expected user or oem"]),
        ("base_type,direction,name,scope\nboolean,input,,user\n", ["2:15: found nothing, expected \(name)"]),
        ("base_type,direction,name,scope\nboolean,input,\"a,b\",user\n", ["2:15: found \"a,b\", expected \(name)"]),
        ("base_type,direction,name,scope\nboolean,input,a b,user\n", ["2:15: found \"a b\", expected \(name)"]),
        ("base_type,direction,name,scope\nboolean,input,a\n", ["2:1: found 3 fields, expected 4, as in the first row"]),
        (
            "base_type,direction,name,scope\nboolean,input,a,user\n\nstring,output,a,user\n",
            ["4:15: found the property \"a\" again, expected each name once"]
        ),
        (
            "base_type,direction,name,scope,ack_enabled\nboolean,input,a,user,yes\n",
            ["2:22: found \"yes\", expected true, false or nothing"]
        ),
        (
            "base_type,direction,name,scope\nx,y,z,u\nboolean,input,a,user\nx,input,b,user\n",
            [
                "2:1: found \"x\", expected boolean, integer, decimal, string, file or message",
                "2:3: found \"y\", expected input or output", "2:7: found \"u\", expected user or oem",
                "4:1: found \"x\", expected boolean, integer, decimal, string, file or message",
            ]
        ),
    ]

    @Test("a bad properties.csv is told with line and column", arguments: 0..<badRows.count)
    func badProperties(number: Int) {
        let (text, problems) = Self.badRows[number]
        let found = problem(Reading.goodTemplate, properties: text)
        #expect(found?.split(separator: "\n").map(String.init) == problems.map { "p.csv:\($0)" })
    }

    @Test("problems of the template come before those of its properties")
    func both() {
        let found = problem(Reading.goodTemplate.replacing("probe", with: "x"), properties: "a\n")
        #expect(found?.hasPrefix("t.yaml:11:11: found \"x\"") == true)
        #expect(found?.contains("\np.csv:1:1: found the column \"a\"") == true)
    }

    @Test("nine thousand properties are read within a second")
    func large() throws {
        let rows = (1...9000).map { "boolean,input,p\($0),user\n" }.joined()
        let time = try processorTime {
            let template = try Reading.template(
                Reading.goodTemplate, properties: "base_type,direction,name,scope\n" + rows)
            #expect(template.properties.count == 9000)
        }
        #expect(time < .seconds(1), "\(time)")
    }
}
