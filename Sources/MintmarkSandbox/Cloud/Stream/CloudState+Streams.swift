// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// REST calls of the Datastream Service.
///
/// Source: Ayla Datastream Service API.
extension CloudState {
    mutating func subscribe(_ call: CloudCall, now: Int64) throws(CallFailure) -> CloudAnswer {
        let caller = try caller(call, now: now)
        guard let type = call.text("subscription_type"), let model = call.text("oem_model"),
            call.text("client_type") == "cloud", model != "*" || call.text("dsn") != nil
        else { throw .badRequest }
        guard rules.contains(where: { $0.fits(caller, type: type, oemModel: model) }) else { throw .forbidden }
        streamNumber += 1
        let subscription = CloudSubscription(
            id: streamNumber, oem: caller.tenant.oemID, owner: caller.user.uuid, dsn: call.text("dsn") ?? "*",
            oemModel: model, type: type, name: call.text("name") ?? "", streamKey: random.hex(), createdAt: now)
        subscriptions[subscription.id] = subscription
        return CloudAnswer(201, ["subscription": .object(subscription.json(isOpen: false))]).committed
    }

    func subscriptionList(_ call: CloudCall, now: Int64) throws(CallFailure) -> CloudAnswer {
        let caller = try caller(call, now: now)
        let own = subscriptions.values.filter { $0.owner == caller.user.uuid }.sorted { $0.id < $1.id }
        return CloudAnswer(200, own.map { ["subscription": .object($0.json(isOpen: false))] })
    }

    mutating func unsubscribe(_ call: CloudCall, now: Int64) throws(CallFailure) -> CloudAnswer {
        let caller = try caller(call, now: now)
        guard let id = call.parameters["id"].flatMap({ Int64($0) }), subscriptions[id]?.owner == caller.user.uuid else {
            throw .notFound
        }
        subscriptions[id] = nil
        return CloudAnswer(empty: 204).committed
    }

    /// Only admins make and remove rules.
    mutating func rule(_ call: CloudCall, now: Int64) throws(CallFailure) -> CloudAnswer {
        let caller = try caller(call, now: now)
        guard caller.user.roles.contains(.admin) else { throw .forbidden }
        let own = rules.filter { $0.oem == caller.tenant.oemID }
        switch call.route {
        case .addRule:
            guard let role = call.text("role"), let type = call.text("subscription_type"),
                let model = call.text("oem_model")
            else { throw .badRequest }
            streamNumber += 1
            let rule = AccessRule(
                id: streamNumber, oem: caller.tenant.oemID, role: role, oemModel: model, type: type)
            rules.append(rule)
            return CloudAnswer(201, ["OemAccessRule": .object(rule.json)]).committed
        case .removeRule:
            guard let rule = own.first(where: { String($0.id) == call.parameters["id"] }) else { throw .notFound }
            rules.removeAll { $0.id == rule.id }
            return CloudAnswer(empty: 204).committed
        default:
            return CloudAnswer(200, own.map { ["OemAccessRule": .object($0.json)] })
        }
    }

    /// The events since the last call, each with the keys of the streams it goes to.
    mutating func takeEvents() -> [(event: StreamEvent, keys: [String])] {
        defer { events = [] }
        return events.map { event in
            (event, subscriptions.values.filter { $0.wants(event) }.map(\.streamKey))
        }
    }

    /// Whether a stream may be opened with this key.
    func isStreamKey(_ key: String) -> Bool { subscriptions.values.contains { $0.streamKey == key } }
}
