// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import TestSupport
import Testing

@Suite("The virtual cloud by the command line", .timeLimit(.minutes(1)))
struct SandboxCloudTests {
    private static let csv = "name,base_type,direction,scope,ack_enabled\nlamp_on,boolean,input,user,true\n"
    private static let yaml = """
        family: bc
        module-model: AY001MTP1
        mfg-model: WD-201
        mfg-serial: { prefix: "wd-", from: counter }
        oem-model: ledevb
        oem-host-version: "2.5"
        """

    @Test("templates come from a station's folder, from a portal's file and from JSON, and can be looked at")
    func templates() async throws {
        let folder = try TemporaryFolder()
        let product = folder.file("ledevb")
        #expect(try await Shell.run("mkdir ledevb", in: folder.path).status == 0)
        try folder.write("ledevb/template.yaml", Self.yaml)
        try folder.write("ledevb/properties.csv", Self.csv)
        let json = try folder.write(
            "t.json",
            #"{"templates":[{"id":41,"name":"Third","oem":"0dfc7900","oem_model":"third","version":"3"}]}"#)
        let cloud = try RunningTool(
            "sandbox", "cloud", folder.file("cloud"), "--templates", json, "--templates", product, "--templates",
            "lamp-one@1.0=\(folder.file("ledevb/properties.csv"))")
        defer { cloud.kill() }
        let url = try #require(await cloud.line())
        let read =
            "import ssl,sys,urllib.request as r;"
            + "print(r.urlopen(sys.argv[1],context=ssl.create_default_context(cafile=sys.argv[2])).read().decode())"
        let seen = try await Shell.run("python3 -c '\(read)' \(url)/sandbox/templates cloud/ca.pem", in: folder.path)
        let shown = try JSONParser.object(Array(seen.output.utf8))["templates"]?.array?.compactMap(\.object) ?? []
        #expect(shown.map { $0["oem_model"]?.text } == ["third", "ledevb", "lamp-one"])
        #expect(shown.map { $0["version"]?.text } == ["3", "2.5", "1.0"])
        #expect(shown.map { $0["id"]?.integer } == [41, 42, 43])
        #expect(shown.allSatisfy { $0["oem"] == "0dfc7900" && $0["visibility"] == "oem" })
        let property: JSONObject = [
            "ack_enabled": true, "base_type": "boolean", "direction": "input", "host_sw_version": false,
            "name": "lamp_on", "scope": "user",
        ]
        #expect(shown.dropFirst().allSatisfy { $0["properties"] == [.object(property)] })
    }

    @Test(
        "what is no template is told with file and place, and nothing is started",
        arguments: [
            ("lamp-one@1.0=bad.csv", "bad.csv:2:", "Correct the file"),
            ("bad.csv", "which OEM model", "MODEL@VERSION=bad.csv"),
            ("bad.json", #"template 1 of "#, #"Give "name" a text."#), ("none", "there is no ", "Check the path"),
            ("broken.json", "broken.json: byte 1", "Correct the file at that place"),
        ])
    func refused(templates: String, what: String, next: String) async throws {
        let folder = try TemporaryFolder()
        try folder.write("bad.csv", "name,base_type,direction,scope\nlamp_on,bool,input,user\n")
        try folder.write("bad.json", #"{"templates":[{"id":1}]}"#)
        try folder.write("broken.json", "{")
        let result = try await Tool.run("sandbox", "cloud", "cloud", "--templates", templates, in: folder.path)
        #expect(result.status == 78 || result.status == 64, "\(result)")
        #expect(result.errors.contains(what) && result.errors.contains(next), "\(result.errors)")
        #expect(!result.errors.contains("ledger") && result.output.isEmpty)
    }
}
