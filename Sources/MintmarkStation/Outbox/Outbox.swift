// SPDX-License-Identifier: Apache-2.0
internal import Logging
package import MintmarkCore

/// Registrations on their way to the cloud. Each leaves by itself, and none holds up another.
///
/// An intent is durable before it comes here; an answer is durable before its badge is told; where an answer may have
/// been lost, the cloud is searched before anything is sent again. What settles nothing is tried again until it does:
/// see `CloudCondition.reactions` for what is tried again, and `OutboxSchedule` for when.
package actor Outbox {
    private let outside: Station.Outside
    private var schedule: OutboxSchedule
    private var running: [String: Task<Void, Never>] = [:]
    /// Requests that are queued, wait or run, so that none is taken up twice.
    private var known: Set<String> = []
    private var alarm: (time: Deadline, task: Task<Void, Never>)?
    private var waiters: [CheckedContinuation<Void, Never>] = []
    private var settled = 0
    private var isStopped = false
    private var isMarked = false
    private var hasToldPause = false
    /// Nothing is taken up while nobody vouches for the clock: a date cannot be told again once it is registered.
    private var waitsForClock = false
    /// Why nothing is sent any more although the station works.
    private var hold: String?
    /// The first fault of the ledger; from then on nothing is sent.
    private var fault: MintmarkError?

    package init(
        _ outside: Station.Outside, pace: OutboxPace = OutboxPace(),
        random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()
    ) {
        self.outside = outside
        schedule = OutboxSchedule(pace, random: random)
    }

    /// Takes up what earlier sessions left. Any of it may have been sent: all of it is looked up first.
    ///
    /// Returns how many there were.
    @discardableResult
    package func resume() async throws -> Int {
        guard try await outside.trustsClock() else { return try await waitForClock() }
        try await outside.dateRuns()
        waitsForClock = false
        let pending = try await outside.ledger.read { try $0.pendingRegistrations() }
        for item in pending { take(item, isUnknown: true) }
        advance()
        return pending.count
    }

    /// Takes up a registration whose intent has just been committed. `looksFirst` when an earlier log that is lost may
    /// have sent one of this unit.
    func submit(_ request: String, looksFirst: Bool = false) async {
        do {
            // With the others, once the clock can be trusted.
            guard !waitsForClock, try await outside.trustsClock() else { return _ = try await resume() }
            guard var new = try await outside.ledger.read({ try $0.pendingRegistration(request) }) else { return }
            if new.isDateUnsure {
                try await outside.dateRuns()
                new = try await outside.ledger.read({ try $0.pendingRegistration(request) }) ?? new
            }
            take(new, isUnknown: looksFirst)
        } catch {
            fault = fault ?? error.asMintmark
        }
        advance()
    }

    /// Returns when nothing is queued and nothing is on its way, when nothing can be sent any more, or when the caller
    /// is cancelled.
    package func drain() async {
        if waitsForClock {
            do { try await resume() } catch { fault = fault ?? error.asMintmark }
        }
        guard !isIdle, !Task.isCancelled else { return }
        await withTaskCancellationHandler {
            await withCheckedContinuation { waiters.append($0) }
        } onCancel: {
            Task { await self.release() }
        }
    }

    /// Lets everyone go who waits for the outbox to empty.
    func release() {
        for waiter in waiters { waiter.resume() }
        waiters = []
    }

    /// Starts nothing more and breaks off what is on its way; its answers count as unknown.
    package func stop() async {
        isStopped = true
        silence()
        let tasks = Array(running.values)
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
        release()
    }

    package var ledgerFault: MintmarkError? { fault }

    /// Registrations without a badge in this session.
    package var depth: Int { known.count }

    /// Registrations that got their badge in this session.
    var settledCount: Int { settled }

    var clock: any StationClock { outside.clock }

    private var isBlocked: Bool { isStopped || fault != nil || hold != nil }
    private var isIdle: Bool { running.isEmpty && (schedule.queued == 0 || isBlocked) }

    private func waitForClock() async throws -> Int {
        let count = try await outside.ledger.read { try $0.waitingRegistrations().count }
        if count > 0, !waitsForClock {
            waitsForClock = true
            outside.tell(.notice(Self.clockDoubt))
        }
        return count
    }

    private static let clockDoubt =
        "nothing is registered while nobody vouches for this machine's clock, which gives units their date of manufacture; "
        + "start chrony or systemd-timesyncd, or compare it with another clock: `mintmark station confirm-time`"

    private func take(_ pending: PendingRegistration, isUnknown: Bool) {
        guard known.insert(pending.request).inserted else { return }
        schedule.add(OutboxItem(pending: pending, isUnknown: isUnknown))
    }

    private func advance() {
        turns: while !isBlocked {
            switch schedule.turn(at: outside.clock.now) {
            case .start(let item): running[item.pending.request] = Task { await self.attempt(item) }
            case .wait(let time):
                ring(at: time)
                break turns
            case .rest: break turns
            }
        }
        if isIdle { release() }
    }

    private func attempt(_ item: OutboxItem) async {
        var end = OutboxItem.End.held("")
        do {
            end = try await RegistrationAttempt(item: item, outside: outside).perform()
            try await markSandbox()
        } catch {
            outside.logger.error("the outbox stops", metadata: ["error.code": "\(error.asMintmark.code.rawValue)"])
            fault = fault ?? error.asMintmark
        }
        running[item.pending.request] = nil
        let change = schedule.end(item, end, at: outside.clock.now)
        switch end {
        case .settled:
            settled += 1
            known.remove(item.pending.request)
        case .again(_, let reason, _): tell(change, reason)
        case .held(let reason) where fault == nil && hold == nil:
            hold = reason
            outside.tell(.notice("nothing more is registered in this session: \(reason)"))
        case .held: break
        }
        if change == .resumed, hasToldPause {
            hasToldPause = false
            outside.tell(.notice("the cloud answers again; \(schedule.queued) registrations wait for it"))
        }
        advance()
    }

    /// Says once that the cloud does not answer; a pause of a few seconds is not worth a word.
    private func tell(_ change: OutboxSchedule.Change?, _ reason: String) {
        guard case .stopped = change, !hasToldPause else { return }
        hasToldPause = true
        outside.tell(
            .notice("the cloud takes no registrations (\(reason)); \(known.count) wait and are sent when it is back"))
    }

    private func ring(at time: Deadline) {
        if let alarm, alarm.time <= time { return }
        silence()
        let clock = outside.clock
        alarm = (
            time,
            Task {
                do { try await clock.sleep(until: time) } catch { return }
                self.wake(time)
            }
        )
    }

    private func wake(_ time: Deadline) {
        guard alarm?.time == time else { return }
        alarm = nil
        advance()
    }

    private func silence() {
        alarm?.task.cancel()
        alarm = nil
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
