// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import Testing

@Suite("The directory of services")
struct ServiceDirectoryTests {
    private func name(
        _ service: CloudService, _ region: CloudEnvironment.Region, _ deployment: CloudEnvironment.Deployment,
        _ scheme: CloudHost.Scheme = .https, client: CloudHost.Client? = nil
    ) -> String? {
        let environment = CloudEnvironment(region: region, deployment: deployment)
        return ServiceDirectory.host(service, scheme, client: client, in: environment)?.name
    }

    @Test("every service of the guide has its hosts in every environment, but for the guide's empty cells")
    func whole() {
        let outside: [CloudService] = [.commandCenter, .message]
        for service in CloudService.allCases where !outside.contains(service) {
            let rows = ServiceDirectory.hosts.filter { $0.service == service && $0.isEnabled }
            let expected =
                switch service {
                case .datastream: 20
                case .developerPortal: 2
                case .rules: 1
                default: 5
                }
            #expect(rows.count == expected, "\(service)")
            for row in rows {
                let isChinese = row.environment?.region == .cn
                #expect(row.name.hasSuffix(isChinese ? ".ayla.com.cn" : ".aylanetworks.com"), "\(row.name)")
                #expect(row.name.contains("-eu.") == (row.environment?.region == .eu), "\(row.name)")
            }
        }
        #expect(ServiceDirectory.hosts.count { $0.isEnabled } == 68)
    }

    @Test("the names that follow no pattern are as the guide has them")
    func irregular() {
        #expect(name(.application, .us, .dev) == "application.aylanetworks.com")
        #expect(name(.application, .us, .field) == "app-field.aylanetworks.com")
        #expect(name(.dashboardPortal, .cn, .field) == "dashboard.ayla.com.cn")
        #expect(name(.dashboardPortal, .eu, .field) == "dashboard-field-eu.aylanetworks.com")
        #expect(name(.datastream, .us, .dev, client: .mobile) == "mdss-dev.aylanetworks.com")
        #expect(name(.datastream, .us, .dev, .wss, client: .mobile) == "mstream-dev.aylanetworks.com")
        #expect(
            name(.datastream, .cn, .dev, .wss, client: .cloud) == name(.datastream, .cn, .dev, client: .cloud))
        #expect(name(.image, .us, .dev) == "ais.aylanetworks.com")
        #expect(name(.factoryProxy, .us, .dev) == "api-dev.aylanetworks.com")
        #expect(name(.rules, .us, .field) == nil && name(.rules, .cn, .dev) == nil)
        #expect(name(.developerPortal, .us, .field) == nil)
        #expect(CloudService.allCases.compactMap { name($0, .eu, .dev) }.isEmpty)
    }

    @Test("hosts outside of the guide are off, say where they come from, and are nobody's endpoint")
    func outside() {
        let off = ServiceDirectory.hosts.filter { !$0.isEnabled }
        #expect(off.count == 12)
        for host in off {
            #expect(host.source != .guide && !host.source.title.isEmpty)
            #expect(host.json["enabled"] == false)
        }
        let reachable = CloudEnvironment.all.flatMap { ServiceDirectory.distinct(in: $0) }
        #expect(!reachable.contains { !$0.isEnabled })
        #expect(Set(reachable.map(\.name)).count == reachable.count)
    }

    @Test("a station's endpoints are the guide's; there are none for eu/dev")
    func endpoints() {
        let field = CloudEnvironment(region: .eu, deployment: .field)
        #expect(
            CloudEndpoints(field)
                == CloudEndpoints(
                    user: "https://user-field-eu.aylanetworks.com",
                    factoryProxy: "https://api-field-eu.aylanetworks.com",
                    device: "https://ads-field-eu.aylanetworks.com"))
        #expect(CloudEnvironment.all.compactMap { CloudEndpoints($0) }.count == 5)
        #expect(CloudEndpoints(CloudEnvironment(region: .eu, deployment: .dev)) == nil)
    }

    @Test("the WebSocket is at /stream, REST at the root")
    func urls() {
        let rows = ServiceDirectory.rows(named: "STREAM.ayla.com.cn")
        #expect(rows.map(\.url) == ["wss://stream.ayla.com.cn/stream", "https://stream.ayla.com.cn"])
    }

    @Test(
        "host and port are read from a base URL",
        arguments: [
            ("https://a.example", "a.example:443"), ("https://A.example:8443/", "a.example:8443"),
            ("wss://a.example/stream", "a.example:443"), ("https://[::1]:80/x", "[::1]:80"),
            ("https://[::1]", "[::1]:443"), ("https://127.0.0.1:1", "127.0.0.1:1"), ("a.example", nil),
            ("https://", nil), ("https://a:0", nil), ("https://a:x", nil), ("https://a:70000", nil),
        ])
    func address(url: String, expected: String?) {
        #expect(CloudAddress(url: url)?.description == expected)
    }

    @Test("this machine is told from others by any of its names")
    func loopback() {
        for host in ["localhost", "127.0.0.1", "127.9.9.9", "::1"] {
            #expect(CloudAddress(host: host, port: 443).isLoopback, "\(host)")
        }
        for host in ["10.0.0.1", "127.example", "127.0.0.1.example", "localhost.example", "1.2.3"] {
            #expect(!CloudAddress(host: host, port: 443).isLoopback, "\(host)")
        }
    }
}
