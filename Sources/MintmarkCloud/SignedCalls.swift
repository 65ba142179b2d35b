// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// Sends calls with the tokens of one sign-in.
struct SignedCalls: Sendable {
    let transport: CloudTransport
    let users: UserService

    /// - Throws: what the endpoint of the User Service, proxy or CA file is refused for.
    init(_ settings: CloudSettings, user: CloudUser) throws(MintmarkError) {
        let base = try CloudBase(settings.endpoints.user)
        transport = try CloudTransport(settings)
        users = UserService(transport, base: base, user: user, pause: settings.limits.signInPause)
    }

    /// Tokens to call with; when there are none to be had, nothing was sent.
    func tokens(by deadline: Deadline) async throws(CallFailure) -> CloudTokens {
        try await unsent { () async throws(MintmarkError) in try await users.tokens(by: deadline) }
    }

    /// Sends with these tokens; after a 401 once more with new ones. A second 401 is the answer.
    func send(_ call: CloudCall, with tokens: CloudTokens) async throws(CallFailure) -> CloudAnswer {
        var call = call
        call.token = tokens
        let answer = try await transport.send(call)
        guard answer.status == 401 else { return answer }
        // A 401 says that nothing was done, so that whatever fails from here on to the retry leaves nothing behind.
        call.token = try await unsent { () async throws(MintmarkError) in
            try await users.tokens(insteadOf: tokens, by: call.deadline)
        }
        return try await transport.send(call)
    }

    private func unsent<Value>(
        _ work: () async throws(MintmarkError) -> Value
    ) async throws(CallFailure) -> Value {
        do throws(MintmarkError) { return try await work() } catch { throw CallFailure(unsent: error) }
    }
}
