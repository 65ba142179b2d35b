// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import MintmarkCore
import MintmarkSandbox
import NIOCore
import NIOHTTP1
import NIOSSL

/// A virtual cloud of two companies and an HTTPS client that trusts it.
struct CloudBench: Sendable {
    static let app = CloudApp(id: "acmefab-5a1dc0de-id", secret: secret("acmefab-5a1dc0de-x1y2z3"))
    static let start: Int64 = 1_741_079_700

    let cloud: VirtualCloud
    let url: String
    let client: HTTPClient

    struct Answer: Sendable {
        let status: Int
        let headers: HTTPHeaders
        let text: String

        func header(_ name: String) -> String? { headers.first(name: name) }

        /// The body, which must be JSON.
        var json: JSONValue { get throws { try JSONParser.parse(Array(text.utf8)) } }
    }

    static func secret(_ text: String) -> SharedSecret {
        SharedSecret(Secret(count: text.utf8.count) { $0.copyBytes(from: text.utf8) })
    }

    /// Acme (`5a1dc0de`, no attribute), a maker (`0dfc7900`, with it), and a stranger; a user for each role.
    static var accounts: CloudAccounts {
        let users: [(String, String, [CloudRole])] = [
            ("station7@acme.example", "5a1dc0de", [.softwareOEMManufacturer]),
            ("boxes@acme.example", "5a1dc0de", [.moduleOEMManufacturer]),
            ("admin@acme.example", "5a1dc0de", [.admin]), ("staff@acme.example", "5a1dc0de", [.staff]),
            ("both@acme.example", "5a1dc0de", [.staff, .admin]),
            ("maker@maker.example", "0dfc7900", [.moduleManufacturer]),
            ("boxes@maker.example", "0dfc7900", [.moduleOEMManufacturer]),
            ("white@maker.example", "0dfc7900", [.softwareOEMManufacturer]),
            ("admin@maker.example", "0dfc7900", [.admin]),
            ("boxes@other.example", "77777777", [.moduleOEMManufacturer]),
            ("white@other.example", "77777777", [.softwareOEMManufacturer]),
            ("user@acme.example", "5a1dc0de", [.endUser]), ("friend@acme.example", "5a1dc0de", [.endUser]),
        ]
        let tenants = [("5a1dc0de", false), ("0dfc7900", true), ("77777777", false)].map { oemID, isMaker in
            CloudTenant(
                oemID: oemID, oemSecret: secret("secret-of-\(oemID)"),
                kind: isMaker ? .moduleManufacturer : .deviceManufacturer, isModuleManufacturer: isMaker)
        }
        return CloudAccounts(
            tenants: tenants,
            users: users.enumerated().map { index, entry in
                let (email, oemID, roles) = entry
                return CloudUser(
                    email: email, password: secret("Qq7solder"), oemID: oemID, roles: roles,
                    uuid: "7e57ab1e-0000-4000-8000-0000000000a\(String(index + 1, radix: 16))")
            },
            apps: [app])
    }

    /// Its own DSNs start above those of the worked exchanges.
    static var configuration: VirtualCloud.Configuration {
        var configuration = VirtualCloud.Configuration(random: 7, accounts: accounts)
        configuration.firstNumber = 910_000_001
        return configuration
    }

    static func run(
        _ configuration: VirtualCloud.Configuration = CloudBench.configuration, switches: [String] = [],
        _ body: (CloudBench) async throws -> Void
    ) async throws {
        var configuration = configuration
        for text in switches { try configuration.switches.set(text) }
        try await VirtualCloud.running(configuration) { cloud, url in
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.minimumTLSVersion = .tlsv12
            tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(cloud.caPEM.utf8)))
            var settings = HTTPClient.Configuration(tlsConfiguration: tls, redirectConfiguration: .disallow)
            settings.connectionPool.retryConnectionEstablishment = false
            let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: settings)
            do {
                try await body(CloudBench(cloud: cloud, url: url, client: client))
                try await client.shutdown()
            } catch {
                try await client.shutdown()
                throw error
            }
        }
    }

    func send(
        _ method: String, _ path: String, token: String? = nil, _ body: String? = nil, host: String? = nil,
        patience: TimeAmount = .seconds(30)
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: url + path)
        request.method = HTTPMethod(rawValue: method)
        request.headers = ["Content-Type": "application/json", "Accept": "application/json"]
        if let token { request.headers.add(name: "Authorization", value: "auth_token \(token)") }
        if let host { request.headers.add(name: "Host", value: host) }
        if let body { request.body = .bytes(ByteBuffer(string: body)) }
        let response = try await client.execute(request, timeout: patience)
        let answer = try await response.body.collect(upTo: 1 << 24)
        return Answer(status: Int(response.status.code), headers: response.headers, text: String(buffer: answer))
    }

    func post(_ path: String, token: String? = nil, _ body: String) async throws -> Answer {
        try await send("POST", path, token: token, body)
    }

    /// A call of the factory service below `/devicefactory/v1/devices`.
    func factory(_ path: String, _ token: String, _ body: String) async throws -> Answer {
        try await post("/devicefactory/v1/devices/\(path)", token: token, body)
    }

    func search(_ token: String, _ query: String = "") async throws -> Answer {
        try await send("GET", "/devicefactory/v1/devices.json?\(query)", token: token)
    }

    func signIn(_ email: String, password: String = "Qq7solder", app: String = "acmefab-5a1dc0de-id") async throws
        -> Answer
    {
        try await post(
            "/users/sign_in.json",
            #"{"user":{"email":"\#(email)","password":"\#(password)","application":{"app_id":"\#(app)","#
                + #""app_secret":"acmefab-5a1dc0de-x1y2z3"}}}"#)
    }

    /// An access token of this user.
    func token(_ email: String) async throws -> String {
        try await signIn(email).json.object?["access_token"]?.text ?? ""
    }
}

/// The JSON of a text that a test spells out.
func json(_ text: String) throws -> JSONValue { try JSONParser.parse(Array(text.utf8)) }
