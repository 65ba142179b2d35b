// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkFormats
import MintmarkStation
import Testing

@Suite("Station files")
struct StationFileTests {
    /// What is wrong with the good file after one change; places without the file's name.
    private func problems(_ old: String, _ new: String, template: String = Reading.goodTemplate) throws -> [String] {
        try #require(Reading.goodStation.contains(old), "\(old)")
        let text = Reading.goodStation.replacing(old, with: new)
        let problem = Reading.problem { () throws(MintmarkError) in
            try Reading.station(node: Reading.yaml(text, file: "s.yaml"), template: template)
        }
        return (problem ?? "").split(separator: "\n").map { String($0.replacing("s.yaml:", with: "")) }
    }

    @Test("a good file is read whole, paths from its folder")
    func good() throws {
        let file = try Reading.station(Reading.goodStation)
        #expect(file.station == "line-a-1")
        #expect(file.kind == .config)
        #expect(file.oemID == "0dfc7900")
        #expect(file.environment == CloudEnvironment(region: .us, deployment: .dev))
        #expect(
            file.endpoints
                == CloudEndpoints(
                    user: "https://127.0.0.1:8443", factoryProxy: "https://proxy.example",
                    device: "https://ads-dev.aylanetworks.com"))
        #expect(file.caFile == "/bench/stations/ca.pem")
        #expect(file.proxy == "http://proxy.example:3128")
        #expect(file.secrets[.oemSecret] == .file("/bench/stations/secrets/oem-secret"))
        #expect(file.secrets[.user] == .credential("user"))
        #expect(file.secrets[.spoolKey] == .file("/etc/mintmark/spool-key"))
        #expect(file.ledger == "/bench/stations/line-a-1.sqlite")
        #expect(file.slots.map(\.name) == ["A1", "A2"])
        #expect(file.slots.map(\.port) == [.usb("1-1.4:1.0"), .path("/dev/ttyUSB0")])
        #expect(file.slots.map(\.baud) == [115_200, 9600])
    }

    @Test("the template is loaded from the path the file names, and its error is passed on")
    func template() throws {
        var asked = ""
        let node = try Reading.yaml(Reading.goodStation)
        let error = MintmarkError(.badTemplate, "what", next: "next")
        #expect(throws: error) {
            try StationFile.decode(node, folder: "/bench/stations") { (path) throws(MintmarkError) in
                asked = path
                throw error
            }
        }
        #expect(asked == "/bench/templates/ledevb")
    }

    @Test("without endpoints the vendor's hosts of the environment are taken")
    func directory() throws {
        let text = Reading.goodStation.split(separator: "\n", omittingEmptySubsequences: false)
            .filter { !$0.contains("https://") && !$0.contains("endpoints") }.joined(separator: "\n")
        #expect(
            try Reading.station(text).endpoints
                == CloudEndpoints(
                    user: "https://user-dev.aylanetworks.com", factoryProxy: "https://api-dev.aylanetworks.com",
                    device: "https://ads-dev.aylanetworks.com"))
    }

    @Test("the stream's host is named by either scheme", arguments: ["wss", "https"])
    func stream(scheme: String) throws {
        let text = Reading.goodStation.replacing(
            "    user: https", with: "    datastream: \(scheme)://127.0.0.1:8443/\n    user: https")
        #expect(try Reading.station(text).endpoints.datastream == "https://127.0.0.1:8443")
    }

    @Test("a host of the vendor must be the service's, of the station's environment; others may be named")
    func vendorHosts() throws {
        let url = "https://127.0.0.1:8443"
        #expect(
            try problems(url, "https://user-field.aylanetworks.com") == [
                "9:11: found user-field.aylanetworks.com, the host of User Service in us/field, expected a host of User Service in us/dev"
            ])
        #expect(
            try problems(url, "https://api-dev.aylanetworks.com").first?.contains("of Factory Proxy Service") == true)
        #expect(try problems(url, "https://user-dev.ayla.com.cn").count == 1)
        for other in ["user-dev.aylanetworks.com", "USER.aylanetworks.com:8443", "proxy.example"] {
            #expect(try problems(url, "https://\(other)").isEmpty, "\(other)")
        }
    }

    @Test("the user's role is one that the cloud has")
    func role() throws {
        let text = Reading.goodStation.replacing("\"0dfc7900\"", with: "\"0dfc7900\", role: \"OEM::Admin\"")
        let file = try Reading.station(text)
        #expect(file.role == .admin && file.account.isPublic)
        #expect(try Reading.station(Reading.goodStation).role == nil)
        #expect(try problems("\"0dfc7900\"", "x, role: admin").first?.contains("found \"admin\"") == true)
    }

    private static let keys = StationFile.keys.joined(separator: ", ")
    private static let source = "file:PATH or credential:NAME, never the secret itself"
    private static let streamURL = "expected wss://HOST or wss://HOST:PORT"
    private static let url = "expected https://HOST or https://HOST:PORT"
    private static let usb = "expected a bus-port path and interface, as 1-1.4:1.0"
    private static let baud = "expected a standard baud rate, as 9600 or 115200"

    private static let badFiles: [(old: String, new: String, problems: [String])] = [
        (
            "station: line-a-1", "station: Line A",
            ["1:10: found \"Line A\", expected a name: 1-32 of a-z, 0-9 and -, not beginning with -"]
        ),
        (
            "station: line-a-1\n", "",
            ["1:1: found no \"station\", expected a name: 1-32 of a-z, 0-9 and -, not beginning with -"]
        ),
        (
            "station: line-a-1", "station:",
            ["1:9: found nothing, expected a name: 1-32 of a-z, 0-9 and -, not beginning with -"]
        ),
        (
            "station: line-a-1", "station: \"a\\nb\"",
            [
                "1:10: found a text with a control character, expected a name: 1-32 of a-z, 0-9 and -, not beginning with -"
            ]
        ),
        (
            "station: line-a-1", "staton: line-a-1",
            [
                "1:1: found the unknown key \"staton\", expected one of \(keys); did you mean \"station\"?",
                "1:1: found no \"station\", expected a name: 1-32 of a-z, 0-9 and -, not beginning with -",
            ]
        ),
        (
            "station: line-a-1", "station: line-a-1\n\"x\\u0007\": 1",
            ["2:1: found the unknown key \"x\\u{07}\", expected one of \(keys)"]
        ),
        (
            "station: line-a-1", "station: line-a-1\ninterlocks: x",
            ["2:1: found the key \"interlocks\", expected no such key: it is not used by this version"]
        ),
        (
            "station: line-a-1", "station: line-a-1\noffline: x",
            ["2:10: found a text, expected the limits without a cloud, a map with units, hours"]
        ),
        (
            "station: line-a-1", "station: line-a-1\noffline: { units: 1 }",
            ["2:10: found 1 units with 2 slots, expected at least as many as slots"]
        ),
        (
            "kind: config", "kind: verify",
            [
                "1:1: found no \"test-wifi\", expected a map with ssid and security: the network that units join for their test"
            ]
        ),
        (
            "kind: config", "kind: assign",
            ["2:7: found \"assign\", expected label, config or verify; assign is not supported by this version"]
        ),
        ("kind: config", "kind: Config", ["2:7: found \"Config\", expected label, config or verify"]),
        ("kind: config", "kind: [config]", ["2:7: found a list, expected label, config or verify"]),
        (
            "template: ../templates/ledevb", "template: {}",
            ["3:11: found a map, expected the path of a template's folder"]
        ),
        (
            "\"0dfc7900\"", "acme_1",
            ["4:20: found \"acme_1\", expected an OEM id: 1-20 of letters, digits and -, not beginning with -"]
        ),
        (
            "\"0dfc7900\"", "-x",
            ["4:20: found \"-x\", expected an OEM id: 1-20 of letters, digits and -, not beginning with -"]
        ),
        (
            "account: { oem-id: \"0dfc7900\" }", "account: 0dfc7900",
            ["4:10: found a text, expected the account, a map with oem-id, role"]
        ),
        (
            "account: { oem-id: \"0dfc7900\" }", "account: {}",
            ["4:10: found no \"oem-id\", expected an OEM id: 1-20 of letters, digits and -, not beginning with -"]
        ),
        ("region: us", "region: US", ["6:11: found \"US\", expected us, cn or eu"]),
        (
            "region: us", "region: eu",
            ["6:11: found eu/dev, expected us/dev, us/field, cn/dev, cn/field or eu/field"]
        ),
        (
            "region: us\n  deployment: dev", "region: eu\n  deployment: field",
            ["6:11: found \"eu\", expected a region of template product: us, cn"]
        ),
        ("deployment: dev", "deployment: test", ["7:15: found \"test\", expected dev or field"]),
        ("https://127.0.0.1:8443", "http://127.0.0.1:8443", ["9:11: found \"http://127.0.0.1:8443\", \(url)"]),
        ("https://127.0.0.1:8443", "https://127.0.0.1/api", ["9:11: found \"https://127.0.0.1/api\", \(url)"]),
        ("https://127.0.0.1:8443", "https://127.0.0.1/?a=b", ["9:11: found \"https://127.0.0.1/?a=b\", \(url)"]),
        ("https://127.0.0.1:8443", "https://127.0.0.1:+443", ["9:11: found \"https://127.0.0.1:+443\", \(url)"]),
        ("https://127.0.0.1:8443", "https://127.0.0.1:0", ["9:11: found \"https://127.0.0.1:0\", \(url)"]),
        ("https://127.0.0.1:8443", "https://", ["9:11: found \"https://\", \(url)"]),
        ("https://127.0.0.1:8443", "https://me:geheim@host", ["9:11: found a text with @, \(url)"]),
        (
            "factory-proxy: https://proxy.example/", "device: https://proxy.example/",
            [
                "6:11: found user on this machine and factory-proxy at api-dev.aylanetworks.com, expected this station's services in one place: name them all under cloud.endpoints"
            ]
        ),
        ("user: https://127.0.0.1:8443", "device: http://host", ["9:13: found \"http://host\", \(url)"]),
        ("user: https://127.0.0.1:8443", "datastream: ws://host", ["9:17: found \"ws://host\", \(streamURL)"]),
        (
            "    user: https", "    uesr: https",
            [
                "9:5: found the unknown key \"uesr\", expected one of user, factory-proxy, device, datastream; did you mean \"user\"?"
            ]
        ),
        (
            "ledger: var", "test-wifi: { ssid: x, security: none }\nledger: var",
            ["20:12: found \"test-wifi\", expected it on verify stations only"]
        ),
        (
            "http://proxy.example:3128", "http://me:geheim@proxy.example:3128",
            ["12:10: found a text with @, expected http://HOST:PORT"]
        ),
        (
            "http://proxy.example:3128", "http://proxy.example",
            ["12:10: found \"http://proxy.example\", expected http://HOST:PORT"]
        ),
        ("  oem-secret: file:secrets/oem-secret\n", "", ["14:3: found no \"oem-secret\", expected \(source)"]),
        ("  user: credential:user\n", "", ["14:3: found no \"user\", expected \(source)"]),
        (
            "file:secrets/oem-secret", "00112233445566778899aabbccddeeff",
            ["14:15: found another text, expected \(source)"]
        ),
        ("file:secrets/oem-secret", "[ geheim ]", ["14:15: found a list, expected \(source)"]),
        ("file:/etc/mintmark/spool-key", "{ geheim: x }", ["16:14: found a map, expected \(source)"]),
        ("file:secrets/oem-secret", "\"file:\"", ["14:15: found another text, expected \(source)"]),
        ("credential:user", "credential:../user", ["15:9: found another text, expected \(source)"]),
        (
            "  spool-key: file:/etc/mintmark/spool-key\n", "",
            ["14:3: found no \"spool-key\", expected one: template product gives every unit a Wi-Fi key"]
        ),
        (
            "  spool-key:", "  setup-key:",
            ["16:3: found the key \"setup-key\", expected no such key: it is not used by this version"]
        ),
        ("ledger: var/../line-a-1.sqlite\n", "", ["1:1: found no \"ledger\", expected the path of the ledger's file"]),
        ("name: A1,", "name: A 1,", ["23:13: found \"A 1\", expected a name: 1-16 of letters, digits and -"]),
        ("name: A1,", "", ["23:5: found no \"name\", expected a name: 1-16 of letters, digits and -"]),
        ("name: A1,", "name: A2,", ["24:13: found slot A2 again, expected a name of its own"]),
        (
            "usb: \"1-1.4:1.0\"", "port: /dev/./ttyUSB0",
            ["24:23: found the port of another slot, expected a port of its own"]
        ),
        (
            "usb: \"1-1.4:1.0\"", "port: ttyUSB1",
            ["23:23: found \"ttyUSB1\", expected the path of a device node from the root, as /dev/ttyUSB1"]
        ),
        (", usb: \"1-1.4:1.0\"", "", ["23:5: found no port, expected port or usb"]),
        (
            "port: /dev/ttyUSB0", "port: /dev/ttyUSB0, usb: \"1-2:1.0\"",
            ["24:5: found port and usb, expected one of the two"]
        ),
        ("\"1-1.4:1.0\"", "1-1.4", ["23:22: found \"1-1.4\", \(usb)"]),
        ("\"1-1.4:1.0\"", "\"-.:.\"", ["23:22: found \"-.:.\", \(usb)"]),
        ("baud: 9600", "baud: +9600", ["24:43: found \"+9600\", \(baud)"]),
        ("baud: 9600", "baud: 9601", ["24:43: found \"9601\", \(baud)"]),
        (
            "baud: 9600", "speed: 9600",
            ["24:37: found the unknown key \"speed\", expected one of name, port, usb, baud"]
        ),
    ]

    @Test(
        "what is wrong is told with line, column, what was found and what was expected", arguments: 0..<badFiles.count)
    func bad(number: Int) throws {
        let (old, new, problems) = Self.badFiles[number]
        let found = try self.problems(old, new)
        #expect(found == problems, "\(new)")
    }

    @Test("no slot, and no list of slots, is refused")
    func slots() throws {
        let text = try #require(Reading.goodStation.split(separator: "slots:").first)
        for (slots, problem) in [
            ("slots: []\n", "22:8: found an empty list"), ("slots: A1\n", "22:8: found a text"),
            ("slots: {}\n", "22:8: found a map"),
        ] {
            let found = Reading.problem { () throws(MintmarkError) in try Reading.station(text + slots) }
            #expect(found == "s.yaml:\(problem), expected a list of at least one slot")
        }
        let found = Reading.problem { () throws(MintmarkError) in try Reading.station(text + "slots: [ A1 ]\n") }
        #expect(found == "s.yaml:22:10: found a text, expected a slot, a map with name, port, usb, baud")
    }

    @Test("all problems are told at once, in the order of the file")
    func several() throws {
        let problem = Reading.problem { () throws(MintmarkError) in
            try Reading.station("stations: 1\nkind: x\nledger: 2\ncloud: us\nslots: []\n")
        }
        #expect(
            problem?.split(separator: "\n").map { $0.prefix { $0 != "," } } == [
                "s.yaml:1:1: found the unknown key \"stations\"", "s.yaml:1:1: found no \"station\"",
                "s.yaml:1:1: found no \"template\"", "s.yaml:1:1: found no \"account\"",
                "s.yaml:1:1: found no \"secrets\"", "s.yaml:2:7: found \"x\"",
                "s.yaml:4:8: found a text", "s.yaml:5:8: found an empty list",
            ])
    }

    @Test("of very many problems the first twenty are told and the rest is counted")
    func many() {
        let lines = (1...5000).map { "k\($0): 1\n" }.joined()
        let problem =
            Reading.problem { () throws(MintmarkError) in try Reading.station(Reading.goodStation + lines) } ?? ""
        let told = problem.split(separator: "\n")
        #expect(told.count == 21)
        #expect(told.first?.hasPrefix("s.yaml:25:1: found the unknown key \"k1\"") == true)
        #expect(told.last == "and 4980 more")
    }

    @Test("a thousand slots are read within a second")
    func large() throws {
        let slots = (1...1000).map { "  - { name: S\($0), usb: \"1-\($0 % 200).\($0 / 200 + 1):1.0\" }\n" }.joined()
        let text = try #require(Reading.goodStation.split(separator: "  - ").first) + slots
        let time = try processorTime {
            let file = try Reading.station(String(text))
            #expect(file.slots.count == 1000)
        }
        #expect(time < .seconds(1), "\(time)")
    }

    @Test("a label station needs no OEM secret and no spool key")
    func label() throws {
        let text = Reading.goodStation.replacing("kind: config", with: "kind: label")
            .replacing("  oem-secret: file:secrets/oem-secret\n", with: "")
            .replacing("  spool-key: file:/etc/mintmark/spool-key\n", with: "")
        #expect(
            try Reading.station(text).secrets.keys.map(\.rawValue).sorted()
                == ["head-key", "head-key-before", "head-pin", "user"])
    }

    @Test(
        "no message repeats what stands where a secret's place is expected",
        arguments: ["hush", "[hush]", "{hush: hush}"])
    func secrets(value: String) throws {
        for key in SecretName.allCases.map(\.rawValue) {
            let isThere = Reading.goodStation.contains("\n  \(key): ")
            let station =
                isThere ? Reading.goodStation : Reading.goodStation.replacing("secrets:", with: "secrets:\n  \(key): x")
            let text = station.replacing(try Regex("\n  \(key): .*"), with: "\n  \(key): \(value)")
            let problem = Reading.problem { () throws(MintmarkError) in try Reading.station(text) }
            #expect(problem?.contains("hush") == false)
        }
        let text = try #require(Reading.goodStation.split(separator: "secrets:").first) + "secrets: \(value)\n"
        let problem = Reading.problem { () throws(MintmarkError) in try Reading.station(String(text)) }
        #expect(problem?.replacing("unknown key \"hush\"", with: "").contains("hush") == false)
    }
}
