// SPDX-License-Identifier: Apache-2.0
import MintmarkCloud
import MintmarkCore
import Synchronization
import Testing

@Suite("sessions with the cloud", .timeLimit(.minutes(1)))
struct SessionTests {
    @Test("a token that expired is refreshed once, and the call is sent once more")
    func refresh() async throws {
        let cloud = try await CloudFixture { request, _ in
            switch request.uri {
            case "/users/sign_in.json": .answer(200, tokens(1))
            case "/users/refresh_token.json": .answer(200, tokens(2))
            default:
                request.headers["authorization"] == "auth_token access-2"
                    ? .answer(200, Exchanges.provisioned)
                    : .answer(401, #"{"error":"Your access token is invalid"}"#)
            }
        }
        let answer = await cloud.proxy.register(try Exchanges.provisionRegistration(), setupKey: nil)
        #expect(answer.device != nil)
        let requests = cloud.server.requests
        try #require(
            requests.map(\.uri) == [
                "/users/sign_in.json", "/devicefactory/v1/devices/AC000W900000202/provision",
                "/users/refresh_token.json", "/devicefactory/v1/devices/AC000W900000202/provision",
            ])
        #expect(requests[2].body == #"{"user":{"refresh_token":"refresh-1"}}"#)
        #expect(requests[1].body == requests[3].body)
        await cloud.stop()
    }

    @Test("the second refresh uses the second refresh token")
    func bothTokensReplaced() async throws {
        let accepted = Mutex("")
        let cloud = try await CloudFixture { request, number in
            switch request.uri {
            case "/users/sign_in.json", "/users/refresh_token.json":
                accepted.withLock { $0 = "auth_token \(accessToken(number))" }
                return .answer(200, tokens(number))
            default:
                // Every token is good for one call.
                let isGood = accepted.withLock { token in
                    defer { token = "" }
                    return request.headers["authorization"] == token
                }
                return isGood ? .answer(200, Exchanges.search) : .answer(401, "")
            }
        }
        for _ in 0..<3 { _ = try await cloud.proxy.find(DSN("AC000W900000202"), mac: MAC("02a1b2c3d4f6")) }
        let refreshes = cloud.server.requests.filter { $0.uri == "/users/refresh_token.json" }.map(\.body)
        #expect(
            refreshes == [#"{"user":{"refresh_token":"refresh-0"}}"#, #"{"user":{"refresh_token":"refresh-3"}}"#])
        await cloud.stop()
    }

    @Test(
        "a refresh token that is no longer good leads to one new sign-in",
        arguments: [(422, #"{"error":"Your refresh token is invalid"}"#), (401, ""), (500, ""), (200, "{}")])
    func signInAgain(status: Int, body: String) async throws {
        let signIns = Mutex(0)
        let cloud = try await CloudFixture { request, _ in
            switch request.uri {
            case "/users/sign_in.json":
                return .answer(
                    200,
                    tokens(
                        signIns.withLock {
                            $0 += 1
                            return $0
                        }))
            case "/users/refresh_token.json": return .answer(status, body)
            default:
                return request.headers["authorization"] == "auth_token access-2"
                    ? .answer(200, Exchanges.provisioned) : .answer(401, "")
            }
        }
        let answer = await cloud.proxy.register(try Exchanges.provisionRegistration(), setupKey: nil)
        #expect(answer.device != nil)
        #expect(signIns.withLock { $0 } == 2)
        await cloud.stop()
    }

    @Test("a second 401 ends the call, without a third attempt")
    func secondUnauthorized() async throws {
        let cloud = try await CloudFixture { request, number in
            request.uri.hasPrefix("/users/")
                ? .answer(200, tokens(number)) : .answer(401, #"{"error":"Your access token is invalid"}"#)
        }
        let answer = await cloud.proxy.register(try Exchanges.provisionRegistration(), setupKey: nil)
        #expect(
            answer == .later("the cloud answered 401, Your access token is invalid"))
        #expect(cloud.server.requests.count == 4)
        await cloud.stop()
    }

    @Test("64 calls at once sign in once and refresh once")
    func singleFlight() async throws {
        let cloud = try await CloudFixture { request, _ in
            switch request.uri {
            case "/users/sign_in.json": .answer(200, tokens(1))
            case "/users/refresh_token.json": .answer(200, tokens(2))
            default:
                request.headers["authorization"] == "auth_token access-2"
                    ? .answer(200, Exchanges.search) : .answer(401, "")
            }
        }
        let proxy = cloud.proxy
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<64 {
                group.addTask { try await proxy.find(DSN("AC000W900000202"), mac: MAC("02a1b2c3d4f6")) != nil }
            }
            for try await found in group { #expect(found) }
        }
        let users = cloud.server.requests.map(\.uri).filter { $0.hasPrefix("/users/") }
        #expect(users == ["/users/sign_in.json", "/users/refresh_token.json"])
        await cloud.stop()
    }

    @Test("a stopped call takes its sign-in with it, and a call that waited for it signs in itself")
    func stopped() async throws {
        let (arrivals, arrived) = AsyncStream.makeStream(of: Int.self)
        let cloud = try await CloudFixture { request, number in
            guard request.uri == "/users/sign_in.json" else { return .answer(200, Exchanges.provisioned) }
            arrived.yield(number)
            return number == 0 ? .silence : .answer(200, tokens(number))
        }
        let registration = try Exchanges.provisionRegistration()
        let first = Task { [proxy = cloud.proxy] in await proxy.register(registration, setupKey: nil) }
        for await _ in arrivals { break }
        let second = Task { [proxy = cloud.proxy] in await proxy.register(registration, setupKey: nil) }
        await Task.yield()
        first.cancel()
        #expect(await first.value.later != nil)
        #expect(await second.value.device != nil)
        await cloud.stop()
    }

    @Test("a refused sign-in is not repeated by itself, so that no account is locked; asking for it does")
    func pause() async throws {
        let cloud = try await CloudFixture { _, _ in .answer(401, #"{"error":"Invalid email or password"}"#) }
        for _ in 0..<10 {
            let answer = await cloud.proxy.register(try Exchanges.provisionRegistration(), setupKey: nil)
            #expect(answer.later?.contains("Invalid email or password [cloud-sign-in]") == true)
        }
        #expect(cloud.server.requests.count == 1)
        _ = await failure { () async throws(MintmarkError) in try await cloud.proxy.signIn() }
        #expect(cloud.server.requests.count == 2)
        await cloud.stop()
    }

    @Test("a busy User Service is later, and nothing was sent to the factory proxy", arguments: [429, 503])
    func busy(status: Int) async throws {
        let cloud = try await CloudFixture { _, _ in .answer(status, "", headers: ["Retry-After": "120"]) }
        let answer = await cloud.proxy.register(try Exchanges.provisionRegistration(), setupKey: nil)
        #expect(answer.later?.contains("\(status), Retry-After: 120") == true)
        #expect(cloud.server.requests.map(\.uri) == ["/users/sign_in.json"])
        await cloud.stop()
    }

    @Test(
        "an answer to the sign-in without usable tokens is a bad answer",
        arguments: ["", "{}", "[]", #"{"access_token":1}"#])
    func noTokens(body: String) async throws {
        let cloud = try await CloudFixture { _, _ in .answer(200, body) }
        let error = await failure { () async throws(MintmarkError) in try await cloud.proxy.signIn() }
        #expect(error?.code == .cloudAnswerBad)
        await cloud.stop()
    }
}
