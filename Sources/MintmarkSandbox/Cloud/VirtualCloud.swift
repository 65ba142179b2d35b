// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdTLS
internal import Logging
package import MintmarkCore
internal import MintmarkCrypto
internal import NIOCore
internal import NIOSSL
internal import ServiceLifecycle

/// User Service and Factory Proxy Service over real TLS, on loopback only.
///
/// Every answer carries `X-Mintmark-Sandbox`, so that it cannot be taken for the real cloud.
package final class VirtualCloud: Service, Sendable {
    package struct Configuration: Sendable {
        /// 0 lets the system choose.
        package var port = 0
        package var tenants: [CloudTenant]
        package var users: [CloudUserAccount]
        package var apps: [CloudApp]
        package var switches = CloudSwitches()
        package var faults: [CloudFault] = []
        package var seed: UInt64 = 1
        /// Number in the first DSN that is reserved.
        package var firstNumber = 900_000_001
        /// DSNs that can be reserved of each model.
        package var pool = 100_000

        package init(tenants: [CloudTenant], users: [CloudUserAccount], apps: [CloudApp]) {
            self.tenants = tenants
            self.users = users
            self.apps = apps
        }
    }

    package let caPEM: String
    private let configuration: Configuration
    private let state: CloudState
    private let tls: TLSChannelConfiguration.Source
    private let bound = BoundPort()

    package init(_ configuration: Configuration) throws(MintmarkError) {
        self.configuration = configuration
        state = CloudState(configuration)
        let now = Int64(Date().timeIntervalSince1970)
        let authority = try CertificateAuthority(now: now)
        caPEM = authority.certificatePEM
        let issued = try authority.issue(
            serverNames: ["localhost"], ipAddresses: ["127.0.0.1"], notBefore: now - 3600, notAfter: now + 86_400 * 30)
        tls = TLSChannelConfiguration.Source(certificatePEM: issued.certificatePEM, keyPEM: issued.keyPEM)
    }

    package func run() async throws {
        var configuration = try tls.configuration()
        configuration.minimumTLSVersion = .tlsv12
        let app = Application(
            router: router, server: try .tls(configuration: TLSChannelConfiguration(tlsConfiguration: configuration)),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: self.configuration.port)),
            onServerRunning: { [bound] channel in bound.set(channel.localAddress?.port ?? 0) },
            logger: Logger(label: "mintmark.sandbox", factory: { _ in SwiftLogNoOpLogHandler() }))
        try await app.run()
    }

    /// `https://127.0.0.1:PORT`, once the port is bound.
    package var url: String { get async { "https://127.0.0.1:\(await bound.value)" } }

    package var journal: [CloudJournalEntry] { get async { await state.journal } }
    package var devices: [FactoryDevice] { get async { await state.devices } }
    package func device(_ dsn: DSN) async -> FactoryDevice? { await state.device(dsn) }
    package func inject(_ fault: CloudFault) async { await state.inject(fault) }
    package func clearFaults() async { await state.clearFaults() }
    package func set(_ switches: CloudSwitches) async { await state.set(switches) }
    package func expireTokens() async { await state.expireTokens() }
    package func setPool(_ model: String, _ count: Int) async { await state.setPool(model, count) }

    /// Whether an OEM key opens with the DSN's private key to this tenant's secret, id and model.
    package func judge(_ key: [UInt8], of dsn: DSN, oemID: String, oemModel: String) async -> Bool {
        await state.judge(key, of: dsn, oemID: oemID, oemModel: oemModel)
    }

    // MARK: - Routes

    private var router: Router<CloudRequestContext> {
        let router = Router(context: CloudRequestContext.self)
        let devices = "devicefactory/v1/devices"
        // Documents show both forms of every path.
        for suffix in ["", ".json"] {
            router.post("users/sign_in\(suffix)") { try await self.answer(.signIn, $0, $1) }
            router.post("users/refresh_token\(suffix)") { try await self.answer(.refresh, $0, $1) }
            router.post("users/sign_out\(suffix)") { try await self.answer(.any, $0, $1) }
            router.post("\(devices)/reserve\(suffix)") { try await self.answer(.reserve, $0, $1) }
            router.post("\(devices)/:dsn/manufacture\(suffix)") { try await self.answer(.manufacture, $0, $1) }
            router.post("\(devices)/:dsn/provision\(suffix)") { try await self.answer(.provision, $0, $1) }
            router.get("\(devices)\(suffix)") { try await self.answer(.search, $0, $1) }
        }
        router.get("sandbox/devices/:dsn") { _, context in
            let dsn = try context.parameters.require("dsn")
            guard let device = try? await self.state.device(DSN(dsn)) else { throw HTTPError(.notFound) }
            var fields = JSONObject()
            for (name, value) in device.fields { fields[name] = .string(value) }
            return Self.response(
                .json(
                    200,
                    [
                        "dom_at": .number(device.domAt), "fields": .object(fields), "oem": .text(device.oem),
                        "registrations": .number(device.registrations), "state": .string(device.state.rawValue),
                    ]))
        }
        router.get("sandbox/journal") { _, _ in
            Self.response(
                .json(
                    200,
                    await self.state.journal.map {
                        .object([
                            "path": .string($0.path), "route": .string($0.route.rawValue), "status": .number($0.status),
                        ])
                    }))
        }
        router.post("sandbox/faults/:fault") { _, context in
            let text = try context.parameters.require("fault").removingPercentEncoding ?? ""
            guard let fault = try? CloudFault(text: text) else {
                throw HTTPError(.badRequest, message: CloudFault.forms.joined(separator: ", "))
            }
            await self.state.inject(fault)
            return Self.response(.json(200, ["done": true]))
        }
        return router
    }

    private func answer(
        _ route: CloudFault.Route, _ request: Request, _ context: CloudRequestContext
    ) async throws -> Response {
        let body = try await request.body.collect(upTo: 1 << 20)
        let scheme = "auth_token "
        let authorization = request.headers[.authorization]
        let token = authorization.flatMap { $0.hasPrefix(scheme) ? String($0.dropFirst(scheme.count)) : nil }
        let query = Dictionary(
            request.uri.queryParameters.map { (Self.filterName(String($0.key)), String($0.value)) },
            uniquingKeysWith: { $1 })
        let verdict = await state.answer(
            route, path: request.uri.path, dsn: context.parameters.get("dsn"), query: query, token: token,
            body: Array(buffer: body), now: Int64(Date().timeIntervalSince1970))
        if verdict.delay > 0 { try await Task.sleep(for: .milliseconds(verdict.delay)) }
        if verdict.drops {
            try await context.channel.close()
            throw HTTPError(.internalServerError)
        }
        var response = Self.response(verdict.reply)
        if let location = verdict.location { response.headers[.location] = location }
        if verdict.truncates {
            let half = Array(verdict.reply.body.utf8.prefix(verdict.reply.body.utf8.count / 2))
            response.body = ResponseBody(contentLength: verdict.reply.body.utf8.count) { writer in
                try await writer.write(ByteBuffer(bytes: half))
                try await context.channel.close()
            }
        }
        return response
    }

    /// `[filter][mac_like]`, with its brackets escaped or not, is `mac_like`.
    private static func filterName(_ key: String) -> String {
        let plain = key.removingPercentEncoding ?? key
        return plain.replacingOccurrences(of: "[filter]", with: "").filter { !"[]".contains($0) }
    }

    private static func response(_ reply: CloudReply) -> Response {
        var random = SystemRandomNumberGenerator()
        let id = Hex.encode((0..<16).map { _ in UInt8.random(in: 0...255, using: &random) })
        var headers: HTTPFields = [.contentType: reply.contentType, .setCookie: "_session=ignored; path=/"]
        for (name, value) in [("X-Mintmark-Sandbox", "1"), ("X-Request-Id", id), ("X-Runtime", "0.001")] {
            if let name = HTTPField.Name(name) { headers[name] = value }
        }
        return Response(
            status: HTTPResponse.Status(code: reply.status), headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(string: reply.body)))
    }
}

extension TLSChannelConfiguration {
    /// Certificate and key of the sandbox's server.
    struct Source: Sendable {
        let certificatePEM: String
        let keyPEM: SharedSecret

        func configuration() throws -> TLSConfiguration {
            let chain = try NIOSSLCertificate.fromPEMBytes(Array(certificatePEM.utf8))
            let key = try keyPEM.withBytes { try NIOSSLPrivateKey(bytes: Array($0), format: .pem) }
            return .makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        }
    }
}
