// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// One registration from the outbox to its badge, or to the point where it has to wait.
struct RegistrationAttempt {
    let pending: PendingRegistration
    let outside: Station.Outside

    private var registration: Registration { pending.registration }
    private var context: EntryContext {
        var context = pending.context
        context.actor = "outbox"
        context.ref = [pending.intent]
        return context
    }

    /// - Throws: only faults of the ledger and of the sealed spool.
    func settle() async throws {
        if pending.isUnknown {
            switch await look() {
            case .here: return
            case .absent: break
            case .unclear(let reason): return tell(.unknown, reason)
            }
        }
        try await send(isFirst: true)
    }

    private func send(isFirst: Bool) async throws {
        let key = registration.hasSetupKey ? try outside.setupKeys.take(pending.request) : nil
        if registration.hasSetupKey, key == nil {
            return try await commit(
                .quarantined, text: "the unit's Wi-Fi setup key is lost, so the cloud cannot be told it")
        }
        switch await outside.service.register(registration, setupKey: key) {
        case .accepted(let device):
            try await conclude(device, wasFound: false)
        case .refused(let refusal) where refusal.saysAlreadyThere:
            try await lookAfter(refusal)
        case .refused(let refusal):
            try await commit(.refused, status: refusal.status, code: refusal.code, text: refusal.message)
        case .later(let reason):
            tell(.queued, reason)
        case .unknown(let reason):
            try await outside.ledger.commit { [context, registration, pending] _ in
                let entry = RegisterUnknown(request: pending.request, dsn: registration.dsn, reason: reason)
                return Decision([EntryDraft(entry, by: context)])
            }
            tell(.unknown, reason)
            // One look now; what it cannot tell waits for the next session or for `register --pending`.
            if isFirst, case .absent = await look() { try await send(isFirst: false) }
        }
    }

    private enum Sight { case here, absent, unclear(String) }

    /// Searches the cloud; settles the registration when it has landed.
    private func look() async -> Sight {
        do {
            guard let device = try await outside.service.find(registration.dsn, mac: registration.mac) else {
                return .absent
            }
            guard CloudComparison(of: registration, with: device).hasLanded else { return .absent }
            try await conclude(device, wasFound: true)
            return .here
        } catch {
            return .unclear(error.asMintmark.what)
        }
    }

    /// The cloud says the unit is there already: registered only if all that must be shown is shown and equal.
    private func lookAfter(_ refusal: CloudRefusal) async throws {
        do {
            if let device = try await outside.service.find(registration.dsn, mac: registration.mac) {
                return try await conclude(device, wasFound: true, refusal: refusal)
            }
            try await commit(
                .quarantined, status: refusal.status, code: refusal.code,
                text: "the cloud says \"\(refusal.message)\" and shows no such unit")
        } catch let error as MintmarkError where error.code.exitStatus == .cloud {
            try await outside.ledger.commit { [context, registration, pending] _ in
                let reason = "\(refusal.message); looking it up failed: \(error.what)"
                let entry = RegisterUnknown(request: pending.request, dsn: registration.dsn, reason: reason)
                return Decision([EntryDraft(entry, by: context)])
            }
            tell(.unknown, error.what)
        }
    }

    private func conclude(_ device: CloudDevice, wasFound: Bool, refusal: CloudRefusal? = nil) async throws {
        let comparison = CloudComparison(of: registration, with: device)
        // An answer to our own request need not repeat everything; a search result that proves the landing must.
        let isEqual = wasFound ? comparison.isEqual : comparison.differences.isEmpty
        if isEqual {
            try await commit(
                .registered, wasFound: wasFound, status: refusal?.status, code: refusal?.code,
                notComparable: comparison.notComparable)
        } else {
            let missing = comparison.missing.map { "\($0): not shown" }
            try await commit(
                .quarantined, wasFound: wasFound, status: refusal?.status, code: refusal?.code,
                text: (comparison.differences + missing).joined(separator: "; "),
                notComparable: comparison.notComparable)
        }
    }

    private func commit(
        _ badge: RegisterResult.Badge, wasFound: Bool = false, status: Int? = nil, code: String? = nil,
        text: String? = nil, notComparable: [String] = []
    ) async throws {
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
    }

    private func tell(_ badge: UnitRecord.Badge, _ text: String?) {
        outside.tell(.badge(dsn: registration.dsn, request: pending.request, badge, text: text))
    }
}
