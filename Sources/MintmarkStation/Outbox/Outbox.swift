// SPDX-License-Identifier: Apache-2.0
internal import Logging
package import MintmarkCore

/// Registrations on their way to the cloud. Each leaves by itself, at most `width` at once, and none holds up another.
///
/// An intent is durable before it comes here; an answer is durable before its badge is told; where an answer may have
/// been lost, the cloud is searched before anything is sent again.
package actor Outbox {
    /// Requests in flight at once.
    package static let width = 64

    private let outside: Station.Outside
    private var queue: [PendingRegistration] = []
    private var next = 0
    private var running: [String: Task<Void, Never>] = [:]
    private var waiters: [CheckedContinuation<Void, Never>] = []
    private var isStopped = false
    private var isMarked = false
    /// The first fault of the ledger; from then on nothing is sent.
    private var fault: MintmarkError?

    init(_ outside: Station.Outside) { self.outside = outside }

    /// Takes up what earlier sessions left. Any of it may have been sent: all of it is looked up first.
    ///
    /// Returns how many there were.
    @discardableResult
    package func resume() async throws -> Int {
        let pending = try await outside.ledger.read { try $0.pendingRegistrations() }
        queue += pending.map(\.asUnknown)
        fill()
        return pending.count
    }

    /// Takes up a registration whose intent has just been committed. `looksFirst` when an earlier log that is lost may
    /// have sent one of this unit.
    func submit(_ request: String, looksFirst: Bool = false) async {
        do {
            let pending = try await outside.ledger.read { try $0.pendingRegistrations() }
            guard let new = pending.last(where: { $0.request == request }) else { return }
            queue.append(looksFirst ? new.asUnknown : new)
            fill()
        } catch {
            fault = fault ?? error.asMintmark
        }
    }

    /// Returns when nothing is queued and nothing is on its way.
    package func drain() async {
        guard !isIdle else { return }
        await withCheckedContinuation { waiters.append($0) }
    }

    /// Lets everyone go who waits for the outbox to empty.
    func release() {
        for waiter in waiters { waiter.resume() }
        waiters = []
    }

    /// Starts nothing more and breaks off what is on its way; its answers count as unknown.
    package func stop() async {
        isStopped = true
        let tasks = Array(running.values)
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
    }

    package var ledgerFault: MintmarkError? { fault }

    private var isIdle: Bool { running.isEmpty && (next == queue.count || isStopped || fault != nil) }

    private func fill() {
        while !isStopped, fault == nil, running.count < Self.width, next < queue.count {
            let pending = queue[next]
            next += 1
            running[pending.request] = Task { await self.settle(pending) }
        }
        if next == queue.count {
            queue.removeAll(keepingCapacity: true)
            next = 0
        }
        if isIdle { release() }
    }

    private func settle(_ pending: PendingRegistration) async {
        do {
            try await RegistrationAttempt(pending: pending, outside: outside).settle()
            try await markSandbox()
        } catch {
            outside.logger.error("the outbox stops", metadata: ["error.code": "\(error.asMintmark.code.rawValue)"])
            fault = fault ?? error.asMintmark
        }
        running[pending.request] = nil
        fill()
    }

    /// The first answer of a sandbox is written down, once for the ledger's life.
    private func markSandbox() async throws {
        guard !isMarked, let host = await outside.service.sandboxHost else { return }
        isMarked = true
        try await outside.ledger.commit { state in
            let isKnown = try state.hasSandboxMark()
            return Decision(isKnown ? [] : [EntryDraft(SandboxMark(host: host), by: EntryContext(actor: "outbox"))])
        }
    }
}

extension PendingRegistration {
    /// The same registration, to be looked up before it is sent.
    var asUnknown: PendingRegistration {
        PendingRegistration(
            request: request, registration: registration, isUnknown: true, intent: intent, since: since,
            context: context)
    }
}
