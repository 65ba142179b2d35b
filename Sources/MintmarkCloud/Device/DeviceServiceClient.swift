// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore
internal import Synchronization

/// The cloud's Device Service over HTTPS, signed in through the User Service. It reads and changes nothing.
///
/// Every call has one deadline that covers sign-in, waiting, answer and the one retry after a 401.
///
/// Sources: Ayla Device Service API; paths of connection history and templates as a public client sends them.
package final class DeviceServiceClient: DeviceService {
    private let calls: SignedCalls
    private let base: CloudBase
    private let settings: CloudSettings
    private let clock: any StationClock
    private let datastream: Datastream?
    private let streamRefusal = Mutex<MintmarkError?>(nil)

    /// Connects to nothing yet.
    ///
    /// - Throws: `.badStationFile` when no Device Service is named, for an endpoint that is not https, or a proxy or CA
    ///   file that cannot be used.
    package init(
        _ settings: CloudSettings, user: CloudUser, clock: any StationClock
    ) throws(MintmarkError) {
        guard let url = settings.endpoints.device else {
            throw MintmarkError(
                .badStationFile, "no Device Service is known for \(settings.environment)",
                next: "Name it as cloud.endpoints.device in the station file.")
        }
        base = try CloudBase(url)
        calls = try SignedCalls(settings, user: user)
        datastream = try Datastream(settings, calls)
        self.settings = settings
        self.clock = clock
    }

    package var sandboxHost: String? { calls.transport.sandboxHost }

    /// Signs in anew and returns the user's role, as `OEM::Admin`.
    package func signIn() async throws(MintmarkError) -> String {
        try await calls.users.signIn(by: .now + settings.limits.call).role
    }

    /// Ends the session, if there is one; its tokens are forgotten whatever the answer.
    package func signOut() async throws(MintmarkError) {
        try await calls.users.signOut(by: .now + settings.limits.call)
    }

    /// Closes all connections; nothing can be called after it.
    package func shutdown() async { await calls.transport.shutdown() }

    package func twin(of dsn: DSN) async throws(MintmarkError) -> DeviceTwin? {
        let what = "twin of \(dsn)"
        let answer = try await get("/dsns/\(dsn).json", what)
        guard answer.status != 404 else { return nil }
        let twin: DeviceTwin = try read(answer, what) { document in
            DeviceTwin(document).flatMap { $0.dsn == dsn ? $0 : nil }
        }
        return twin
    }

    /// None when the cloud shows no twin of this DSN.
    package func properties(of dsn: DSN) async throws(MintmarkError) -> [TwinProperty] {
        let what = "properties of \(dsn)"
        let answer = try await get("/dsns/\(dsn)/properties.json", what)
        guard answer.status != 404 else { return [] }
        return try read(answer, what) { $0.list("properties")?.compactMap { TwinProperty($0) } }
    }

    /// None when the cloud shows no twin of this number.
    package func connectionHistory(of key: Int64, count: Int) async throws(MintmarkError) -> [ConnectionEvent] {
        let what = "connection history of device \(key)"
        let path = "/devices/\(key)/connection_history/page/1/limit/\(count)/field/event_time/order/desc.json"
        let answer = try await get(path, what)
        guard answer.status != 404 else { return [] }
        return try read(answer, what) { $0.list("connection_histories")?.compactMap { ConnectionEvent($0) } }
    }

    package func templateName(_ id: Int64) async throws(MintmarkError) -> String? {
        let what = "list of templates"
        let answer = try await get("/templates.json?admin_view=true&full_view=true", what)
        // Templates are for admins and developers; whoever sees none still sees the number in the twin.
        guard answer.status != 404, answer.status != 403 else { return nil }
        let templates = try read(answer, what) { $0.list("templates") }
        return templates.map { $0["template"] ?? $0 }.first { $0["id"]?.integer == id }?["name"]?.text
    }

    /// Why the last wait heard no events and was a pause; nil when it heard, or no Datastream Service is named.
    package var streamFault: MintmarkError? { streamRefusal.withLock { $0 } }

    /// Listens for an event where a Datastream Service is named and lets us, for `limits.listen` at most; else waits
    /// a pause.
    package func awaitConnectivity(of dsn: DSN, deadline: Duration) async throws(MintmarkError) {
        guard let datastream, streamFault?.code != .cloudRefused else { return try await pause(dsn, deadline) }
        do throws(MintmarkError) {
            let before = try await twin(of: dsn)
            try await datastream.wait(for: dsn, by: .now + min(deadline, settings.limits.listen)) {
                () async throws(MintmarkError) in
                // What happened before the stream was open would not be heard.
                let now = try await self.twin(of: dsn)
                return now?.connectionStatus != before?.connectionStatus || now?.connectedAt != before?.connectedAt
            }
            streamRefusal.withLock { $0 = nil }
        } catch {
            guard error.code != .interrupted, error.code != .sandboxMixUp else { throw error }
            streamRefusal.withLock { $0 = error }
            try await pause(dsn, deadline)
        }
    }

    private func pause(_ dsn: DSN, _ deadline: Duration) async throws(MintmarkError) {
        do { try await clock.sleep(until: clock.now + min(deadline, settings.limits.look)) } catch {
            throw MintmarkError(.interrupted, "the wait for \(dsn) was stopped", next: "Start it again.")
        }
    }

    /// The answer of a read, whatever its status; a 403 with what the user's role has to do with it.
    private func get(_ path: String, _ what: String) async throws(MintmarkError) -> CloudAnswer {
        let call = CloudCall(base: base, path: "/apiv1" + path, deadline: .now + settings.limits.call)
        do throws(CallFailure) {
            let tokens = try await calls.tokens(by: call.deadline)
            var answer = try await calls.send(call, with: tokens)
            if answer.status == 403 {
                answer.explanation = settings.caller(with: tokens).explanationOfHiddenTwin
            }
            return answer
        } catch {
            throw error.error
        }
    }

    /// What the body shows, or why it shows nothing.
    private func read<Value>(
        _ answer: CloudAnswer, _ what: String, _ decode: (LooseJSON) -> Value?
    ) throws(MintmarkError) -> Value {
        let value = LooseJSON(bytes: answer.body).flatMap(decode)
        switch answer.condition(shows: value != nil) {
        case .shown:
            if let value { return value }
            throw unreadable("the answer is no \(what)")
        case .unreadable: throw unreadable("the answer is no \(what)")
        case .throttled, .unavailable, .notTaken, .proxyLogin:
            throw answer.busy(base.host)
        case .otherSuccess, .serverFault: throw unreadable(answer.reason)
        default:
            throw MintmarkError(
                .cloudRefused, "\(base.host) does not show the \(what): \(answer.refusal.text)",
                next: "Check that the station's user is an OEM::Admin or OEM::Staff of the unit's account.")
        }
    }

    private func unreadable(_ what: String) -> MintmarkError {
        MintmarkError(.cloudAnswerBad, "\(base.host): \(what)", next: "Check that the endpoint is a Device Service.")
    }
}

extension LooseJSON {
    /// A list, bare or under its name.
    fileprivate func list(_ name: String) -> [LooseJSON]? { array ?? self[name]?.array }
}
