// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// REST calls of the Datastream Service.
///
/// Source: Ayla Datastream Service API.
extension CloudState {
    private static let clientTypes = ["cloud", "user_opt_in", "mobile"]

    mutating func subscribe(_ call: CloudCall, now: Int64) throws(CallFailure) -> CloudAnswer {
        let caller = try caller(call, now: now)
        let (type, clientType) = try Self.types(call)
        guard let model = call.text("oem_model"), model != "*" || call.text("dsn") != nil else { throw .badRequest }
        var wish = CloudSubscription(
            call, type: type, clientType: clientType, id: streamNumber + 1, user: caller.user, now: now)
        guard rules.contains(where: { $0.fits(caller.user, wish) }) else { throw .forbidden }
        wish.streamKey = random.hex()
        streamNumber += 1
        subscriptions[wish.id] = wish
        return CloudAnswer(201, ["subscription": .object(wish.json)]).committed
    }

    /// All of the caller's, or the one that the path names.
    func subscriptionList(_ call: CloudCall, now: Int64) throws(CallFailure) -> CloudAnswer {
        let caller = try caller(call, now: now)
        let own = subscriptions.values.filter { $0.owner == caller.user.uuid }.sorted { $0.id < $1.id }
        guard let id = call.parameters["id"] else {
            return CloudAnswer(200, own.map { ["subscription": .object($0.json)] })
        }
        guard let one = own.first(where: { String($0.id) == id }) else { throw .notFound }
        return CloudAnswer(200, ["subscription": .object(one.json)])
    }

    mutating func unsubscribe(_ call: CloudCall, now: Int64) throws(CallFailure) -> CloudAnswer {
        let caller = try caller(call, now: now)
        guard let id = call.parameters["id"].flatMap({ Int64($0) }), subscriptions[id]?.owner == caller.user.uuid else {
            throw .notFound
        }
        subscriptions[id] = nil
        return CloudAnswer(empty: 204).committed
    }

    /// All of the company's, or the one that the path names. Only admins see, make and remove rules.
    func ruleList(_ call: CloudCall, now: Int64) throws(CallFailure) -> CloudAnswer {
        let own = try ownRules(call, now: now)
        guard let id = call.parameters["id"] else {
            return CloudAnswer(200, own.map { ["OemAccessRule": .object($0.json)] })
        }
        guard let rule = own.first(where: { String($0.id) == id }) else { throw .notFound }
        return CloudAnswer(200, ["OemAccessRule": .object(rule.json)])
    }

    mutating func changeRules(_ call: CloudCall, now: Int64) throws(CallFailure) -> CloudAnswer {
        let own = try ownRules(call, now: now)
        guard call.route == .addRule else {
            guard let rule = own.first(where: { String($0.id) == call.parameters["id"] }) else { throw .notFound }
            rules.removeAll { $0.id == rule.id }
            return CloudAnswer(empty: 204).committed
        }
        let (type, clientType) = try Self.types(call)
        guard let role = call.text("role"), let model = call.text("oem_model") else { throw .badRequest }
        streamNumber += 1
        let rule = AccessRule(
            id: streamNumber, oem: try caller(call, now: now).tenant.oemID, role: role, oemModel: model,
            propertyName: call.text("property_name") ?? "*", clientType: clientType, type: type, createdAt: now)
        rules.append(rule)
        return CloudAnswer(201, ["OemAccessRule": .object(rule.json)]).committed
    }

    /// The events since the last call, each with its frames by the keys of the streams it goes to.
    mutating func takeEvents() -> [(event: StreamEvent, frames: [(key: String, text: String)])] {
        defer { events = [] }
        return events.map { event in
            let takers = subscriptions.values.filter { $0.wants(event) && mayHear(event, $0) }.map(\.id).sorted()
            let frames = takers.compactMap { id -> (key: String, text: String)? in
                let text = subscriptions[id]?.take(event, switches.acknowledgementKey)
                return text.map { (key: subscriptions[id]?.streamKey ?? "", text: $0) }
            }
            return (event, frames)
        }
    }

    /// Whether a stream may be opened with this key.
    func isStreamKey(_ key: String) -> Bool { subscriptions.values.contains { $0.streamKey == key } }

    /// A stream was opened or has ended. Returns what it is told first: earlier events from `seq_start` on, up to
    /// `seq_end` where that is given. What comes new is told in any case.
    mutating func noteStream(_ key: String, isOpen: Bool, query: [String: String] = [:]) -> [String] {
        guard let id = subscriptions.values.first(where: { $0.streamKey == key })?.id else { return [] }
        subscriptions[id]?.streams += isOpen ? 1 : -1
        guard isOpen, let start = query["seq_start"].flatMap({ Int($0) }) else { return [] }
        let end = query["seq_end"].flatMap { Int($0) } ?? .max
        return start <= end ? subscriptions[id]?.frames(start...end) ?? [] : []
    }

    /// Whether a rule still lets the subscriber hear it; an end user hears of own units only.
    private func mayHear(_ event: StreamEvent, _ subscription: CloudSubscription) -> Bool {
        guard let user = users.values.first(where: { $0.uuid == subscription.owner }),
            rules.contains(where: { $0.fits(user, subscription) })
        else { return false }
        return event.owner == user.uuid || !user.roles.allSatisfy { $0 == .endUser }
    }

    private func ownRules(_ call: CloudCall, now: Int64) throws(CallFailure) -> [AccessRule] {
        let caller = try caller(call, now: now)
        guard caller.user.roles.contains(.admin) else { throw .forbidden }
        return rules.filter { $0.oem == caller.tenant.oemID }
    }

    private static func types(_ call: CloudCall) throws(CallFailure) -> (StreamEvent.Subject, String) {
        guard let type = call.text("subscription_type").flatMap({ StreamEvent.Subject(rawValue: $0) }),
            let clientType = call.text("client_type"), clientTypes.contains(clientType)
        else { throw .badRequest }
        return (type, clientType)
    }
}
