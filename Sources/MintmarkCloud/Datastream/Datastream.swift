// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// The cloud's Datastream Service: events of one unit over WebSocket, for as long as somebody waits for them.
///
/// Sources: Ayla Datastream Service guide and its API (subscriptions, `client_type` cloud); RFC 6455.
struct Datastream: Sendable {
    private static let path = "/api/v1/subscriptions"
    /// For deleting a subscription, also after a wait that was stopped.
    private static let farewell = Duration.seconds(10)

    let calls: SignedCalls
    let base: CloudBase
    let address: CloudAddress
    let settings: CloudSettings

    /// Nil when the station names no Datastream Service.
    ///
    /// - Throws: `.badStationFile`.
    init?(_ settings: CloudSettings, _ calls: SignedCalls) throws(MintmarkError) {
        guard let url = settings.endpoints.datastream else { return nil }
        base = try CloudBase(url)
        guard let address = CloudAddress(url: url) else { return nil }
        self.address = address
        self.settings = settings
        self.calls = calls
    }

    /// Returns at the unit's next connectivity event or at the deadline. `onOpen` runs once events can come, and ends
    /// the wait when it says so.
    ///
    /// - Throws: what keeps events from coming.
    func wait(
        for dsn: DSN, by deadline: Deadline, onOpen: () async throws(MintmarkError) -> Bool
    ) async throws(MintmarkError) {
        let subscription = try await subscribe(dsn, by: deadline)
        let result: Result<Void, MintmarkError>
        do throws(MintmarkError) {
            let stream = try await StreamConnection.open(self, key: subscription.key, dsn: dsn, by: deadline)
            do throws(MintmarkError) {
                if try await !onOpen() { try await stream.next(by: deadline) }
                result = .success(())
            } catch {
                result = .failure(error)
            }
            stream.close()
        } catch {
            result = .failure(error)
        }
        // Not part of this task: it must also be done when the wait is stopped.
        await Task { await delete(subscription.id) }.value
        try result.get()
    }

    private func subscribe(_ dsn: DSN, by deadline: Deadline) async throws(MintmarkError) -> StreamSubscription {
        var body = RequestBody()
        body.add("name", "mintmark")
        body.add("description", "waiting for one unit")
        body.add("dsn", dsn.description)
        body.add("oem_model", "*")
        body.add("property_name", "*")
        body.add("client_type", "cloud")
        body.add("subscription_type", "connectivity")
        let call = CloudCall(base: base, path: Self.path + ".json", body: body.text, deadline: deadline)
        do throws(CallFailure) {
            let answer = try await calls.send(call, with: try await calls.tokens(by: deadline))
            let subscription = StreamSubscription(answer.body)
            guard answer.condition(shows: subscription != nil) == .shown, let subscription else {
                throw CallFailure(unsent: refused(answer))
            }
            return subscription
        } catch {
            throw error.error
        }
    }

    /// What is left behind otherwise is one subscription that nobody listens to.
    private func delete(_ id: Int64) async {
        let deadline = Deadline.now + Self.farewell
        var call = CloudCall(base: base, path: "\(Self.path)/\(id).json", deadline: deadline)
        call.isDelete = true
        do throws(CallFailure) { _ = try await calls.send(call, with: try await calls.tokens(by: deadline)) } catch {}
    }

    private func refused(_ answer: CloudAnswer) -> MintmarkError {
        MintmarkError(
            .cloudRefused, "\(base.host) gives no subscription: \(answer.refusal.text)",
            next: "Have an OEM::Admin make an access rule for connectivity, client type cloud, for the user's role.")
    }
}
