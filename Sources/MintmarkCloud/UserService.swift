// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// The User Service: who we are, by password once and by refresh token afterwards.
///
/// However many calls need tokens at once, one request gets them.
actor UserService {
    private let transport: CloudTransport
    private let base: CloudBase
    private let user: CloudUser
    private let pause: Duration
    private var tokens: CloudTokens?
    private var flight: Task<Result<CloudTokens, MintmarkError>, Never>?
    private var refusal: (error: MintmarkError, until: Deadline)?

    init(_ transport: CloudTransport, base: CloudBase, user: CloudUser, pause: Duration) {
        self.transport = transport
        self.base = base
        self.user = user
        self.pause = pause
    }

    /// Tokens to call with; signs in when there are none.
    func tokens(by deadline: Deadline) async throws(MintmarkError) -> CloudTokens {
        if let tokens { return tokens }
        return try await renew(by: deadline)
    }

    /// Other tokens than these, which a service did not accept: refreshed, else by a new sign-in.
    func tokens(insteadOf stale: CloudTokens, by deadline: Deadline) async throws(MintmarkError) -> CloudTokens {
        if let tokens, tokens !== stale { return tokens }
        return try await renew(by: deadline)
    }

    /// Signs in anew, also when an earlier sign-in was refused.
    func signIn(by deadline: Deadline) async throws(MintmarkError) -> CloudTokens {
        tokens = nil
        refusal = nil
        return try await renew(by: deadline)
    }

    /// Ends the session; both tokens are forgotten whatever the answer.
    func signOut(by deadline: Deadline) async throws(MintmarkError) {
        guard let tokens else { return }
        self.tokens = nil
        let answer = try await ask("/users/sign_out.json", tokens.signOutBody, by: deadline)
        switch answer.condition(shows: true) {
        // A session that is over already is unauthorized.
        case .shown, .unauthorized: return
        default:
            throw MintmarkError(
                .cloudRefused, "\(base.host) did not end the session: \(answer.status) \(answer.refusal.message)",
                next: "Nothing: the access token expires within a day.")
        }
    }

    /// The call that began the request stops it when it is stopped itself; calls that only wait then begin another.
    private func renew(by deadline: Deadline) async throws(MintmarkError) -> CloudTokens {
        while let flight {
            let result = await flight.value
            if case .failure(let error) = result, error.code == .interrupted, !Task.isCancelled { continue }
            return try result.get()
        }
        let work = Task { await self.obtain(by: deadline) }
        flight = work
        let result = await withTaskCancellationHandler {
            await work.value
        } onCancel: {
            work.cancel()
        }
        return try result.get()
    }

    private func obtain(by deadline: Deadline) async -> Result<CloudTokens, MintmarkError> {
        defer { flight = nil }
        do throws(MintmarkError) {
            if let stale = tokens, let fresh = try await refreshed(stale, by: deadline) {
                tokens = fresh
                return .success(fresh)
            }
            tokens = nil
            let fresh = try await signedIn(by: deadline)
            tokens = fresh
            return .success(fresh)
        } catch {
            return .failure(error)
        }
    }

    /// Nil when the refresh token is no longer good, or may have been used up by a lost answer.
    private func refreshed(_ stale: CloudTokens, by deadline: Deadline) async throws(MintmarkError) -> CloudTokens? {
        let call = CloudCall(
            base: base, path: "/users/refresh_token.json", body: stale.refreshBody, deadline: deadline)
        do throws(CallFailure) {
            let answer = try await transport.send(call)
            let fresh = CloudTokens(answer.body)
            switch answer.condition(shows: fresh != nil).reactions.session {
            case .use: return fresh
            case .later: throw CallFailure(unsent: busy(answer))
            case .refuse, .unclear: return nil
            }
        } catch {
            guard error.isSent else { throw error.error }
            return nil
        }
    }

    private func signedIn(by deadline: Deadline) async throws(MintmarkError) -> CloudTokens {
        if let refusal, refusal.until > .now { throw refusal.error }
        let answer = try await ask("/users/sign_in.json", user.signInBody, by: deadline)
        let fresh = CloudTokens(answer.body)
        switch answer.condition(shows: fresh != nil).reactions.session {
        case .use:
            refusal = nil
            if let fresh { return fresh }
            throw unusable(answer)
        case .later: throw busy(answer)
        case .refuse:
            let words = answer.refusal
            let error = MintmarkError(
                .cloudSignIn, "\(base.host) refused the sign-in: \(words.status) \(words.message)",
                next: "Check e-mail, password and app pair; five refusals lock the account for 30 minutes.")
            refusal = (error, .now + pause)
            throw error
        case .unclear: throw unusable(answer)
        }
    }

    private func ask(
        _ path: String, _ body: SharedSecret, by deadline: Deadline
    ) async throws(MintmarkError) -> CloudAnswer {
        let call = CloudCall(base: base, path: path, body: body, deadline: deadline)
        do throws(CallFailure) {
            return try await transport.send(call)
        } catch {
            // To whoever called, an answer lost here is a cloud out of reach: their own request has not gone out.
            guard error.isSent else { throw error.error }
            throw MintmarkError(
                Task.isCancelled ? .interrupted : .cloudUnreachable, "signing in or out: \(error.error.what)",
                next: "Check the network, then try again.")
        }
    }

    private func busy(_ answer: CloudAnswer) -> MintmarkError {
        var error = MintmarkError(.cloudBusy, "\(base.host): \(answer.reason)", next: "Wait, then try again.")
        error.retryAfter = answer.retryAfter?.pause
        return error
    }

    private func unusable(_ answer: CloudAnswer) -> MintmarkError {
        (200...201).contains(answer.status)
            ? MintmarkError(
                .cloudAnswerBad, "\(base.host) answered the sign-in without usable tokens",
                next: "Check that the endpoint is a User Service.")
            : MintmarkError(
                .cloudAnswerBad, "sign-in at \(base.host): \(answer.reason)", next: "Try again later.")
    }
}
