// SPDX-License-Identifier: Apache-2.0
import MintmarkCloud
import MintmarkCore
import TestSupport
import Testing

@Suite("CloudSettings")
struct CloudSettingsTests {
    @Test(
        "an endpoint that is not plain https is refused",
        arguments: [
            "http://127.0.0.1:8443", "", "127.0.0.1", "https://", "https:///x", "ftp://a", "https://user:pw@host",
            "https://host?x=1", "https://host#x", "https://ho st", "https://höst", "wss://host",
        ])
    func endpoint(url: String) async {
        for endpoints in [
            CloudEndpoints(user: url, factoryProxy: "https://host"),
            CloudEndpoints(user: "https://host", factoryProxy: url),
        ] {
            let error = await refusal { $0.endpoints = endpoints }
            #expect(error?.code == .badStationFile)
        }
    }

    @Test(
        "hosts with a port, a path or a last slash are taken",
        arguments: ["https://h", "https://h:1/", "https://h/p/q"])
    func goodEndpoint(url: String) async {
        #expect(await refusal { $0.endpoints = CloudEndpoints(user: url, factoryProxy: url) } == nil)
    }

    @Test(
        "a proxy that is not http://HOST:PORT is refused, and its password is not repeated",
        arguments: [
            "", "host:3128", "https://host:3128", "http://host", "http://:3128", "http://host:0", "http://host:70000",
            "http://user:canary@host:3128", "http://host:3128/", "http://ho st:1",
        ])
    func proxy(url: String) async {
        let error = await refusal { $0.proxy = url }
        #expect(error?.code == .badStationFile)
        #expect(error?.description.contains("canary") == false)
    }

    @Test("a CA file that is absent or holds no certificate is refused by name")
    func authority() async throws {
        let folder = try TemporaryFolder()
        for path in [folder.file("absent.pem"), try folder.write("empty.pem", ""), try folder.write("text.pem", "x")] {
            let error = await refusal { $0.caFile = path }
            #expect(error?.code == .badStationFile)
            #expect(error?.what.contains(path) == true)
        }
    }

    private func refusal(_ change: (inout CloudSettings) -> Void) async -> MintmarkError? {
        guard let user = try? CloudFixture.user() else { return nil }
        var settings = CloudSettings(
            environment: CloudEnvironment(region: .us, deployment: .dev),
            endpoints: CloudEndpoints(user: "https://host", factoryProxy: "https://host"), softwareVersion: "1")
        change(&settings)
        do throws(MintmarkError) {
            await (try FactoryProxy(settings, user: user)).shutdown()
            return nil
        } catch {
            return error
        }
    }
}
