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
    /// Requests that were taken up in this session, so that none is twice.
    private var known: Set<String> = []
    private var alarm: (time: Deadline, task: Task<Void, Never>)?
    private var waiters: [CheckedContinuation<Void, Never>] = []
    private var settled = 0
    private var isStopped = false
    private var isMarked = false
    private var hasToldPause = false
    /// Some are not taken up because nobody vouches for the clock that dated them.
    private(set) var waitsForClock = false
    private var hasToldDoubt = false
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
        let isTrusted = try await outside.trustsClock()
        if isTrusted { try await outside.dateRuns() }
        let pending = try await outside.ledger.read { try $0.pendingRegistrations() }
        waitsForClock = !isTrusted && pending.contains { !isDated($0) }
        if waitsForClock { tellDoubt() }
        // One that came in between is dated by its own submission.
        for item in pending where isDated(item) { take(item, isUnknown: true) }
        advance()
        return pending.count
    }

    /// Takes up a registration whose intent has just been committed. `looksFirst` when an earlier log that is lost may
    /// have sent one of this unit.
    func submit(_ request: String, looksFirst: Bool = false) async {
        do {
            guard let new = try await dated(request) else { return }
            take(new, isUnknown: looksFirst)
            if waitsForClock, try await outside.trustsClock() { try await resume() }
        } catch {
            fault = fault ?? error.asMintmark
        }
        advance()
    }

    /// Nil when it has its badge already, or has to wait for a clock that dates it.
    private func dated(_ request: String) async throws -> PendingRegistration? {
        let new = try await outside.ledger.read { try $0.pendingRegistration(request) }
        guard let new, !isDated(new) else { return new }
        guard try await outside.trustsClock() else {
            waitsForClock = true
            tellDoubt()
            return nil
        }
        try await outside.dateRuns()
        return try await outside.ledger.read { try $0.pendingRegistration(request) }
    }

    /// A date cannot be told again once it is registered.
    private func isDated(_ pending: PendingRegistration) -> Bool { outside.hasCloudsClock || !pending.isDateUnsure }

    private func tellDoubt() {
        guard !hasToldDoubt else { return }
        hasToldDoubt = true
        outside.tell(
            .notice(
                "nobody vouches for this machine's clock, so units that it dates are not registered; start chrony or systemd-timesyncd, or compare it with another clock: `mintmark station confirm-time FILE TIME`"
            ))
    }

    /// Returns when nothing is queued and nothing is on its way, when nothing can be sent any more, or when the caller
    /// is cancelled.
    package func drain() async {
        await lookAtClock()
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

    /// Nothing is sent from here on, for this reason.
    func stop(after error: MintmarkError) { fault = fault ?? error }

    /// Registrations that were taken up in this session and have no badge yet.
    package var depth: Int { known.count - settled }

    /// Registrations that got their badge in this session.
    var settledCount: Int { settled }

    var clock: any StationClock { outside.clock }

    private var isBlocked: Bool { isStopped || fault != nil || hold != nil }
    private var isIdle: Bool { running.isEmpty && (schedule.queued == 0 || isBlocked) }

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
        case .settled: settled += 1
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
        // What the end of a session breaks off says nothing of the cloud.
        guard case .stopped = change, !hasToldPause, !isStopped else { return }
        hasToldPause = true
        outside.tell(
            .notice("the cloud takes no registrations (\(reason)); \(depth) wait and are sent when it is back"))
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
