// SPDX-License-Identifier: Apache-2.0
import MintmarkCloud
import MintmarkCore
import Testing

@Suite("a sandbox is not mistaken for the real cloud", .timeLimit(.minutes(1)))
struct SandboxMixUpTests {
    private static let mark = ["X-Mintmark-Sandbox": "1"]

    @Test("a field station sends a sandbox no registration and believes none of its answers")
    func field() async throws {
        let cloud = try await CloudFixture(deployment: .field) { _, _ in .answer(200, tokens(1), headers: Self.mark) }
        for _ in 0..<2 {
            let answer = await cloud.proxy.register(try Exchanges.provisionRegistration(), setupKey: nil)
            #expect(answer.held?.contains("[sandbox-mix-up]") == true)
        }
        let errors = [
            await failure { () async throws(MintmarkError) in try await cloud.proxy.signIn() },
            await failure { () async throws(MintmarkError) in try await cloud.proxy.reserve(count: 1, model: "M") },
            await failure { () async throws(MintmarkError) in
                try await cloud.proxy.find(DSN("AC000W900000202"), mac: MAC("02a1b2c3d4f6"))
            },
        ]
        #expect(errors.allSatisfy { $0?.code == .sandboxMixUp })
        // Not even a second sign-in.
        #expect(cloud.server.requests.map(\.uri) == ["/users/sign_in.json"])
        await cloud.stop()
    }

    @Test("a registration that only a sandbox took does not count")
    func lateMark() async throws {
        let cloud = try await CloudFixture(deployment: .field) { request, _ in
            request.uri == "/users/sign_in.json"
                ? .answer(200, tokens(1)) : .answer(200, Exchanges.provisioned, headers: Self.mark)
        }
        let answer = await cloud.proxy.register(try Exchanges.provisionRegistration(), setupKey: nil)
        #expect(answer.held?.contains("[sandbox-mix-up]") == true)
        await cloud.stop()
    }

    @Test("a dev station works with a sandbox and can tell that it does")
    func dev() async throws {
        let cloud = try await CloudFixture { _, _ in .answer(200, tokens(1), headers: Self.mark) }
        #expect(cloud.proxy.sandboxHost == nil)
        _ = try await cloud.proxy.signIn()
        #expect(cloud.proxy.sandboxHost == "127.0.0.1:\(cloud.server.port)")
        await cloud.stop()
    }

    @Test("the real cloud is no sandbox, in the field or not", arguments: CloudEnvironment.Deployment.allCases)
    func real(deployment: CloudEnvironment.Deployment) async throws {
        let cloud = try await CloudFixture(deployment: deployment) { _, _ in .answer(200, tokens(1)) }
        _ = try await cloud.proxy.signIn()
        #expect(cloud.proxy.sandboxHost == nil)
        await cloud.stop()
    }
}
