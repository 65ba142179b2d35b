// SPDX-License-Identifier: Apache-2.0
import MintmarkCloud
import MintmarkCore
import NIOSSL
import Testing

@Suite("cloud faults: was anything sent?", .timeLimit(.minutes(1)))
struct FaultTests {
    @Test(
        "without a trusted certificate not one byte of a request goes out",
        arguments: [CloudFixture.Certificate.expired, .forAnotherHost, .fromAnotherAuthority])
    func badCertificate(certificate: CloudFixture.Certificate) async throws {
        let cloud = try await CloudFixture(certificate: certificate) { _, _ in .answer(200, tokens(1)) }
        try await expectNoTLS(cloud)
    }

    @Test("a certificate that only a CA file vouches for is refused without the file")
    func systemRoots() async throws {
        let cloud = try await CloudFixture(hasCAFile: false) { _, _ in .answer(200, tokens(1)) }
        try await expectNoTLS(cloud)
    }

    @Test("TLS below 1.2 is refused")
    func oldTLS() async throws {
        let cloud = try await CloudFixture(maximumTLS: .tlsv11) { _, _ in .answer(200, tokens(1)) }
        try await expectNoTLS(cloud)
    }

    private func expectNoTLS(_ cloud: CloudFixture) async throws {
        let answer = await cloud.proxy.register(try Exchanges.provisionRegistration(), setupKey: nil)
        #expect(answer.later?.contains("[cloud-tls]") == true)
        let error = await failure { () async throws(MintmarkError) in try await cloud.proxy.signIn() }
        #expect(error?.code == .cloudTLS)
        #expect(cloud.server.requests.isEmpty)
        #expect(cloud.server.connections > 0)
        await cloud.stop()
    }

    @Test("a cloud that is not there is later at once, and no reserve is lost by it")
    func unreachable() async throws {
        let cloud = try await CloudFixture { _, _ in .silence }
        await cloud.server.stop()
        let answer = await cloud.proxy.register(try Exchanges.provisionRegistration(), setupKey: nil)
        #expect(answer.later?.contains("[cloud-unreachable]") == true)
        let error = await failure { () async throws(MintmarkError) in
            try await cloud.proxy.reserve(count: 1, model: "AY008ESP1")
        }
        #expect(error?.code == .cloudUnreachable)
        await cloud.stop()
    }

    @Test("a host name that does not resolve is later")
    func noSuchHost() async throws {
        let settings = CloudSettings(
            environment: CloudEnvironment(region: .us, deployment: .dev),
            endpoints: CloudEndpoints(user: "https://nowhere.invalid", factoryProxy: "https://nowhere.invalid"),
            softwareVersion: "1")
        let proxy = try FactoryProxy(settings, user: CloudFixture.user())
        let answer = await proxy.register(try Exchanges.provisionRegistration(), setupKey: nil)
        #expect(answer.later?.contains("[cloud-unreachable]") == true)
        await proxy.shutdown()
    }

    @Test("a connection cut after the request came in is unknown, and a reserve may have reserved")
    func dropped() async throws {
        let cloud = try await fixture(.drop)
        let answer = await cloud.proxy.register(try Exchanges.provisionRegistration(), setupKey: nil)
        #expect(answer.unknown?.contains("[cloud-answer-lost]") == true)
        try await expectReserveLost(cloud)
        await cloud.stop()
    }

    @Test("an answer cut in the middle is unknown", arguments: [200, 422])
    func truncated(status: Int) async throws {
        let cloud = try await fixture(.truncated(status, Exchanges.provisioned))
        let answer = await cloud.proxy.register(try Exchanges.provisionRegistration(), setupKey: nil)
        #expect(answer.unknown != nil)
        try await expectReserveLost(cloud)
        await cloud.stop()
    }

    @Test("an answer longer than the limit is unknown")
    func oversized() async throws {
        let cloud = try await fixture(.answer(200, String(repeating: " ", count: 1 << 20) + Exchanges.provisioned))
        let answer = await cloud.proxy.register(try Exchanges.provisionRegistration(), setupKey: nil)
        #expect(answer.unknown?.contains("longer than 1048576 bytes") == true)
        await cloud.stop()
    }

    @Test("a cloud that never answers is unknown at the deadline")
    func silent() async throws {
        var limits = CloudSettings.Limits()
        limits.call = .seconds(1)
        limits.reserve = .seconds(1)
        let cloud = try await fixture(.silence, limits: limits)
        _ = try await cloud.proxy.signIn()
        let answer = await cloud.proxy.register(try Exchanges.provisionRegistration(), setupKey: nil)
        #expect(answer.unknown?.contains("it took too long") == true)
        try await expectReserveLost(cloud)
        await cloud.stop()
    }

    @Test("a sign-in that never answers is later: no registration was sent")
    func silentSignIn() async throws {
        var limits = CloudSettings.Limits()
        limits.call = .seconds(1)
        let cloud = try await CloudFixture(limits: limits) { _, _ in .silence }
        let answer = await cloud.proxy.register(try Exchanges.provisionRegistration(), setupKey: nil)
        #expect(answer.later != nil)
        await cloud.stop()
    }

    @Test("a reserve whose sign-in got no answer reserved nothing", arguments: [true, false])
    func reserveWithoutSession(isSilent: Bool) async throws {
        var limits = CloudSettings.Limits()
        limits.reserve = .seconds(1)
        let cloud = try await CloudFixture(limits: limits) { _, _ in isSilent ? .silence : .drop }
        let error = await failure { () async throws(MintmarkError) in
            try await cloud.proxy.reserve(count: 1, model: "AY008ESP1")
        }
        #expect(error?.code == .cloudUnreachable)
        #expect(cloud.server.requests.map(\.uri) == ["/users/sign_in.json"])
        await cloud.stop()
    }

    @Test("a call that is stopped after it went out is unknown")
    func cancelled() async throws {
        let (arrivals, arrived) = AsyncStream.makeStream(of: Void.self)
        let cloud = try await CloudFixture { request, _ in
            guard request.uri != "/users/sign_in.json" else { return .answer(200, tokens(1)) }
            arrived.yield()
            return .silence
        }
        let registration = try Exchanges.provisionRegistration()
        let call = Task { [proxy = cloud.proxy] in await proxy.register(registration, setupKey: nil) }
        for await _ in arrivals { break }
        call.cancel()
        #expect(await call.value.unknown?.contains("it was stopped") == true)
        await cloud.stop()
    }

    @Test("a call that is stopped before it goes out is later")
    func cancelledBefore() async throws {
        let cloud = try await CloudFixture { _, _ in .answer(200, tokens(1)) }
        let registration = try Exchanges.provisionRegistration()
        _ = try await cloud.proxy.signIn()
        let answer = await Task { [proxy = cloud.proxy] in
            withUnsafeCurrentTask { $0?.cancel() }
            return await proxy.register(registration, setupKey: nil)
        }.value
        #expect(answer.later?.contains("[interrupted]") == true)
        #expect(cloud.server.requests.count == 1)
        await cloud.stop()
    }

    @Test("a redirect is a refusal and nothing goes to its target", arguments: [301, 302, 303, 307, 308])
    func redirect(status: Int) async throws {
        let cloud = try await CloudFixture { request, _ in
            request.uri == "/users/sign_in.json"
                ? .answer(200, tokens(1)) : .answer(status, "", headers: ["Location": "/elsewhere?token=x"])
        }
        let answer = await cloud.proxy.register(try Exchanges.provisionRegistration(), setupKey: nil)
        #expect(
            answer
                == .refused(
                    CloudRefusal(status: status, code: nil, message: "redirects to /elsewhere, not followed")))
        #expect(cloud.server.requests.count == 2)
        await cloud.stop()
    }

    @Test("429 and 503 are later, with the cloud's Retry-After", arguments: [429, 503])
    func busy(status: Int) async throws {
        let cloud = try await fixture(.answer(status, #"{"error":"slow down"}"#, headers: ["Retry-After": "30"]))
        let answer = await cloud.proxy.register(try Exchanges.provisionRegistration(), setupKey: nil)
        #expect(answer == .later("the cloud answered \(status), Retry-After: 30, slow down", retryAfter: .seconds(30)))
        let error = await failure { () async throws(MintmarkError) in
            try await cloud.proxy.reserve(count: 1, model: "AY008ESP1")
        }
        #expect(error?.code == .cloudBusy)
        await cloud.stop()
    }

    @Test("other server errors are unknown", arguments: [500, 501, 502, 504])
    func serverError(status: Int) async throws {
        let cloud = try await fixture(.answer(status, "<html>Bad gateway</html>"))
        let answer = await cloud.proxy.register(try Exchanges.provisionRegistration(), setupKey: nil)
        #expect(answer.unknown != nil)
        try await expectReserveLost(cloud)
        let error = await failure { () async throws(MintmarkError) in
            try await cloud.proxy.find(DSN("AC000W900000202"), mac: MAC("02a1b2c3d4f6"))
        }
        #expect(error?.code == .cloudAnswerBad)
        await cloud.stop()
    }

    @Test(
        "a success that does not show the unit is unknown",
        arguments: [
            (200, ""), (200, "<html>"), (200, "{}"), (200, #"{"device":{"model":"AY008ESP1"}}"#),
            (200, Exchanges.manufactured), (202, Exchanges.provisioned), (204, ""),
        ])
    func doubtful(status: Int, body: String) async throws {
        let cloud = try await fixture(.answer(status, body))
        let answer = await cloud.proxy.register(try Exchanges.provisionRegistration(), setupKey: nil)
        #expect(answer.unknown != nil)
        await cloud.stop()
    }

    private func fixture(
        _ reply: ScriptedServer.Reply, limits: CloudSettings.Limits = CloudSettings.Limits()
    ) async throws -> CloudFixture {
        try await CloudFixture(limits: limits) { request, _ in
            request.uri == "/users/sign_in.json" ? .answer(200, tokens(1)) : reply
        }
    }

    private func expectReserveLost(_ cloud: CloudFixture) async throws {
        let error = await failure { () async throws(MintmarkError) in
            try await cloud.proxy.reserve(count: 1, model: "AY008ESP1")
        }
        #expect(error?.code == .cloudAnswerLost)
    }
}
