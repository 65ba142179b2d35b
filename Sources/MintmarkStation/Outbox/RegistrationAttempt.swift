// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// One try to bring a registration from the outbox to its badge.
struct RegistrationAttempt {
    let item: OutboxItem
    let outside: Station.Outside

    private var pending: PendingRegistration { item.pending }
    private var registration: Registration { pending.registration }
    private var context: EntryContext {
        var context = pending.context
        context.actor = "outbox"
        context.ref = [pending.intent]
        return context
    }

    /// - Throws: only faults of the ledger and of the sealed spool.
    func perform() async throws -> OutboxItem.End {
        // Also one of which no answer was ever lost is looked up first when an earlier session may have sent it.
        if item.isUnknown, let end = try await look(badge: pending.isUnknown ? .unknown : .queued) { return end }
        return try await send()
    }

    private func send() async throws -> OutboxItem.End {
        let key = registration.hasSetupKey ? try outside.setupKeys.take(pending.request) : nil
        if registration.hasSetupKey, key == nil {
            return try await commit(
                .quarantined, text: "the unit's Wi-Fi setup key is lost, so the cloud cannot be told it")
        }
        switch await outside.service.register(registration, setupKey: key) {
        case .accepted(let device): return try await conclude(device, wasFound: false)
        case .alreadyThere(let refusal): return try await lookAfter(refusal)
        case .refused(let refusal):
            return try await commit(.refused, status: refusal.status, code: refusal.code, text: refusal.message)
        case .later(let reason, let retryAfter):
            return again(isUnknown: false, .queued, reason, retryAfter: retryAfter)
        case .unknown(let reason):
            try await note(reason)
            // One look, and none before the next sending when it says that nothing is there.
            if let end = try await look(badge: .unknown) { return end }
            return again(isUnknown: false, .queued, reason)
        case .held(let reason): return .held(reason)
        }
    }

    /// Searches the cloud and settles the registration when it has landed; nil when it has not. `badge` is what it has
    /// until then.
    private func look(badge: UnitRecord.Badge) async throws -> OutboxItem.End? {
        let device: CloudDevice?
        do {
            device = try await outside.service.find(registration.dsn, mac: registration.mac)
        } catch {
            return unseen(error, badge)
        }
        guard let device, CloudComparison(of: registration, with: device).hasLanded else { return nil }
        return try await conclude(device, wasFound: true)
    }

    /// The cloud says the unit is there already: registered only if all that must be shown is shown and equal.
    private func lookAfter(_ refusal: CloudRefusal) async throws -> OutboxItem.End {
        let device: CloudDevice?
        do {
            device = try await outside.service.find(registration.dsn, mac: registration.mac)
        } catch {
            if !item.isUnknown { try await note("\(refusal.message); looking it up failed: \(error.what)") }
            return unseen(error, .unknown)
        }
        if let device { return try await conclude(device, wasFound: true, refusal: refusal) }
        return try await commit(
            .quarantined, status: refusal.status, code: refusal.code,
            text: "the cloud says \"\(refusal.message)\" and shows no such unit")
    }

    private func unseen(_ error: MintmarkError, _ badge: UnitRecord.Badge) -> OutboxItem.End {
        error.code == .sandboxMixUp
            ? .held(error.what) : again(isUnknown: true, badge, error.what, retryAfter: error.retryAfter)
    }

    private func again(
        isUnknown: Bool, _ badge: UnitRecord.Badge, _ reason: String, retryAfter: Duration? = nil
    ) -> OutboxItem.End {
        // Once; how long a cloud is away is told of all together. What the end of a session breaks off is no news.
        if item.tries == 0 || isUnknown != item.isUnknown, !Task.isCancelled { tell(badge, reason) }
        return .again(isUnknown: isUnknown, reason, retryAfter: retryAfter)
    }

    /// No trustworthy answer came: the ledger says so before anything else is done about it.
    private func note(_ reason: String) async throws {
        try await outside.ledger.commit { [context, registration, pending] _ in
            let entry = RegisterUnknown(request: pending.request, dsn: registration.dsn, reason: reason)
            return Decision([EntryDraft(entry, by: context)])
        }
        tell(.unknown, reason)
    }

    private func conclude(
        _ device: CloudDevice, wasFound: Bool, refusal: CloudRefusal? = nil
    ) async throws -> OutboxItem.End {
        let comparison = CloudComparison(of: registration, with: device)
        // An answer to our own request need not repeat everything; a search result that proves the landing must.
        let isEqual = wasFound ? comparison.isEqual : comparison.differences.isEmpty
        if isEqual {
            return try await commit(
                .registered, wasFound: wasFound, status: refusal?.status, code: refusal?.code,
                notComparable: comparison.notComparable)
        }
        let missing = comparison.missing.map { "\($0): not shown" }
        return try await commit(
            .quarantined, wasFound: wasFound, status: refusal?.status, code: refusal?.code,
            text: (comparison.differences + missing).joined(separator: "; "),
            notComparable: comparison.notComparable)
    }

    private func commit(
        _ badge: RegisterResult.Badge, wasFound: Bool = false, status: Int? = nil, code: String? = nil,
        text: String? = nil, notComparable: [String] = []
    ) async throws -> OutboxItem.End {
        let isSandbox = await outside.service.sandboxHost != nil
        let result = RegisterResult(
            request: pending.request, dsn: registration.dsn, badge: badge, wasFound: wasFound, status: status,
            code: code, text: text, notComparable: notComparable, isSandbox: isSandbox)
        try await outside.ledger.commit { [context] _ in Decision([EntryDraft(result, by: context)]) }
        if badge == .registered, registration.hasSetupKey { try outside.setupKeys.wipe(pending.request) }
        switch badge {
        case .registered: tell(.registered, nil)
        case .refused: tell(.refused, text)
        case .quarantined: tell(.quarantined, text)
        }
        return .settled
    }

    private func tell(_ badge: UnitRecord.Badge, _ text: String?) {
        outside.tell(.badge(dsn: registration.dsn, request: pending.request, badge, text: text))
    }
}
