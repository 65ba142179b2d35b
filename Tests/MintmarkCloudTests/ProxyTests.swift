// SPDX-License-Identifier: Apache-2.0
import MintmarkCloud
import MintmarkCore
import Testing

@Suite("an HTTP proxy on the way", .timeLimit(.minutes(1)))
struct ProxyTests {
    @Test("every call goes through the proxy's tunnel, and the proxy sees no token")
    func tunnel() async throws {
        let tunnel = try await ConnectProxy()
        let cloud = try await CloudFixture(httpProxy: tunnel.url) { request, _ in
            request.uri == "/users/sign_in.json" ? .answer(200, tokens(1)) : .answer(200, Exchanges.provisioned)
        }
        let answer = await cloud.proxy.register(try Exchanges.provisionRegistration(), setupKey: nil)
        #expect(answer.device != nil)
        #expect(tunnel.heads.count == 1)
        #expect(tunnel.heads.allSatisfy { $0.hasPrefix("CONNECT 127.0.0.1:\(cloud.server.port) ") })
        #expect(!tunnel.heads.joined().contains("auth_token"))
        await cloud.stop()
        await tunnel.stop()
    }

    @Test("a proxy that refuses is later, and no reserve is lost by it", arguments: [403, 407, 502])
    func refused(status: Int) async throws {
        let tunnel = try await ConnectProxy(status: status)
        let cloud = try await CloudFixture(httpProxy: tunnel.url) { _, _ in .silence }
        let answer = await cloud.proxy.register(try Exchanges.provisionRegistration(), setupKey: nil)
        #expect(answer.later?.contains("[cloud-unreachable]") == true)
        let error = await failure { () async throws(MintmarkError) in
            try await cloud.proxy.reserve(count: 1, model: "AY008ESP1")
        }
        #expect(error?.code == .cloudUnreachable)
        #expect(cloud.server.connections == 0)
        await cloud.stop()
        await tunnel.stop()
    }

    @Test("the certificate is verified through a tunnel too")
    func badCertificate() async throws {
        let tunnel = try await ConnectProxy()
        let cloud = try await CloudFixture(certificate: .forAnotherHost, httpProxy: tunnel.url) { _, _ in .silence }
        let error = await failure { () async throws(MintmarkError) in try await cloud.proxy.signIn() }
        #expect(error?.code == .cloudTLS)
        #expect(cloud.server.requests.isEmpty)
        await cloud.stop()
        await tunnel.stop()
    }
}
