// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// The cloud's Factory Proxy Service over HTTPS, signed in through the User Service.
///
/// Every call has one deadline that covers sign-in, waiting, answer and the one retry after a 401.
package final class FactoryProxy: FactoryService {
    private static let path = "/devicefactory/v1/devices"

    private let calls: SignedCalls
    private let base: CloudBase
    private let settings: CloudSettings
    private var limits: CloudSettings.Limits { settings.limits }

    /// Connects to nothing yet.
    ///
    /// - Throws: `.badStationFile` for an endpoint that is not https, or a proxy or CA file that cannot be used.
    package init(_ settings: CloudSettings, user: CloudUser) throws(MintmarkError) {
        base = try CloudBase(settings.endpoints.factoryProxy)
        self.settings = settings
        calls = try SignedCalls(settings, user: user)
    }

    package var sandboxHost: String? { calls.transport.sandboxHost }

    /// Signs in anew and returns the user's role, as `OEM::Admin`.
    ///
    /// - Throws: `.cloudSignIn` when the cloud refuses, `.cloudUnreachable`, `.cloudTLS`, `.cloudBusy`,
    ///   `.cloudAnswerBad`, `.sandboxMixUp`.
    package func signIn() async throws(MintmarkError) -> String {
        try await calls.users.signIn(by: .now + limits.call).role
    }

    /// Ends the session, if there is one; its tokens are forgotten whatever the answer.
    package func signOut() async throws(MintmarkError) {
        try await calls.users.signOut(by: .now + limits.call)
    }

    /// Closes all connections; nothing can be called after it.
    package func shutdown() async { await calls.transport.shutdown() }

    package func reserve(count: Int, model: String) async throws(MintmarkError) -> [ReservedDSN] {
        var body = RequestBody()
        body.add("model", model)
        body.add("count", .number(count))
        let call = CloudCall(
            base: base, path: Self.path + "/reserve", body: body.text, needsFreshConnection: true,
            deadline: .now + limits.reserve)
        let answer: CloudAnswer
        do throws(CallFailure) { answer = try await authorized(call, .reserve) } catch { throw error.error }
        let list = ReservedDSN.list(answer.body)
        switch answer.condition(shows: list != nil).reactions.reserve {
        case .take:
            guard let list, !list.isEmpty else { throw refused("\(base.host) gave no DSN and no reason") }
            return list
        case .askLater: throw answer.busy(base.host)
        case .refuse: throw refused("\(base.host) gave no DSNs: \(answer.refusal.text)")
        case .alarm:
            throw lost(answer.status == 200 ? "the answer's list of DSNs cannot be read" : answer.reason)
        }
    }

    package func register(_ registration: Registration, setupKey: SharedSecret?) async -> RegistrationAnswer {
        let call = CloudCall(
            base: base, path: "\(Self.path)/\(registration.dsn)/\(registration.call.rawValue)",
            body: registration.body(setupKey: setupKey), deadline: .now + limits.call)
        do throws(CallFailure) {
            return RegistrationAnswer(
                try await authorized(call, registration.call.factoryCall), dsn: registration.dsn)
        } catch {
            return RegistrationAnswer(error)
        }
    }

    package func find(_ dsn: DSN, mac: MAC) async throws(MintmarkError) -> CloudDevice? {
        // Search by MAC address: the only filters that a public client is known to use are this and manuf_sn_like.
        let query =
            "%5Bfilter%5D%5Bmac_like%5D=\(mac)&%5Bfilter%5D%5Bmanuf_sn_like%5D=&order=desc&order_by=dsn"
        let call = CloudCall(
            base: base, path: "\(Self.path).json?\(query)", deadline: .now + limits.call)
        let answer: CloudAnswer
        do throws(CallFailure) { answer = try await authorized(call, .search) } catch { throw error.error }
        let items = LooseJSON(bytes: answer.body)?["devices"]?.array
        switch answer.condition(shows: items != nil).reactions.search {
        case .decide: return items?.lazy.compactMap { CloudDevice($0) }.first { $0.dsn == dsn }
        case .lookAgain, .hold: throw unseen(answer)
        }
    }

    package func devices(of model: String, page: Int) async throws(MintmarkError) -> DevicePage {
        let query =
            "%5Bfilter%5D%5Bmodel%5D=\(CloudCall.escaped(model))&order=asc&order_by=dsn&paginated=true"
            + "&page=\(page)&per_page=100"
        let call = CloudCall(base: base, path: "\(Self.path).json?\(query)", deadline: .now + limits.call)
        let answer: CloudAnswer
        do throws(CallFailure) { answer = try await authorized(call, .search) } catch { throw error.error }
        let shown = DevicePage(answer.body)
        switch answer.condition(shows: shown != nil).reactions.reserveSearch {
        case .judge:
            guard let shown else { throw unseen(answer) }
            return shown
        case .leave: throw refused("\(base.host) does not offer the search: \(answer.refusal.text)")
        case .later, .hold: throw unseen(answer)
        }
    }

    /// Sends with tokens, if the user's role lets it.
    private func authorized(_ call: CloudCall, _ kind: FactoryCall) async throws(CallFailure) -> CloudAnswer {
        let tokens = try await calls.tokens(by: call.deadline)
        let caller = settings.caller(with: tokens)
        if let refusal = caller.refusal(of: kind) { throw CallFailure(unsent: refusal) }
        var answer = try await calls.send(call, with: tokens)
        if answer.status == 403 { answer.explanation = caller.explanation(ofRefused: kind) }
        return answer
    }

    /// Why a search shows nothing.
    private func unseen(_ answer: CloudAnswer) -> MintmarkError {
        switch answer.condition(shows: false) {
        case .throttled, .unavailable, .notTaken, .proxyLogin: answer.busy(base.host)
        case .unreadable: unreadable("the search answer holds no list of devices")
        case .otherSuccess, .serverFault: unreadable(answer.reason)
        default: refused("\(base.host) refused the search: \(answer.refusal.text)")
        }
    }

    private func refused(_ what: String) -> MintmarkError {
        MintmarkError(.cloudRefused, what, next: "Check the user's role and the template's module model.")
    }

    private func unreadable(_ what: String) -> MintmarkError {
        MintmarkError(.cloudAnswerBad, "\(base.host): \(what)", next: "Check that the endpoint is a factory proxy.")
    }

    private func lost(_ why: String) -> MintmarkError {
        MintmarkError(
            .cloudAnswerLost, "\(base.host) was asked for DSNs and may have given some: \(why)",
            next: "Look in the vendor's dashboard before asking again.")
    }
}
