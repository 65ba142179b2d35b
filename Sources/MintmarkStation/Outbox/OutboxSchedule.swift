// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// Which registration goes to the cloud next, and when: order, back-off, circuit breaker. No clock and no I/O.
struct OutboxSchedule: Sendable {
    enum Turn: Sendable, Equatable {
        case start(OutboxItem)
        /// Nothing goes before this.
        case wait(Deadline)
        /// Nothing goes before an attempt ends or a registration comes.
        case rest
    }

    /// What a person may want to know.
    enum Change: Sendable, Equatable {
        case stopped(until: Deadline)
        case resumed
    }

    private let pace: OutboxPace
    private var random: any RandomNumberGenerator & Sendable
    /// Never tried in this session, in their order; those before `next` are gone.
    private var fresh: [OutboxItem] = []
    private var next = 0
    private var waiting = DueQueue<OutboxItem>()
    private var breaker = CircuitBreaker()
    /// How many may be on their way now: all after a quiet start, one after an outage and then more with each success.
    private var width: Int
    private var running = 0
    private var isFreshTurn = false

    init(_ pace: OutboxPace, random: any RandomNumberGenerator & Sendable) {
        self.pace = pace
        self.random = random
        width = pace.width
    }

    /// Registrations that are not on their way.
    var queued: Int { fresh.count - next + waiting.count }

    mutating func add(_ item: OutboxItem) { fresh.append(item) }

    mutating func turn(at now: Deadline) -> Turn {
        guard running < width, queued > 0 else { return .rest }
        switch breaker.gate(at: now) {
        case .waiting: return .rest
        case .shut(let until): return .wait(until)
        case .one:
            // What failed before is the worse probe: it may be the unit and not the cloud.
            guard var item = takeFresh() ?? waiting.take(at: now, least: \.tries) else { return wait() }
            item.isProbe = true
            breaker.probe()
            return start(item)
        case .free:
            // By turns, so that neither keeps the other from the cloud.
            isFreshTurn.toggle()
            let item =
                isFreshTurn ? takeFresh() ?? waiting.take(at: now) : waiting.take(at: now) ?? takeFresh()
            guard let item else { return wait() }
            return start(item)
        }
    }

    /// An attempt is over.
    mutating func end(_ item: OutboxItem, _ end: OutboxItem.End, at now: Deadline) -> Change? {
        running -= 1
        let wasClosed = breaker.isClosed
        switch end {
        case .settled:
            breaker.succeed()
            width = min(pace.width, width + 1)
        case .held: break
        case .again(let isUnknown, _, let retryAfter):
            again(item, isUnknown: isUnknown, retryAfter: retryAfter, at: now)
        }
        if wasClosed == breaker.isClosed { return nil }
        if wasClosed { width = 1 }
        if case .shut(let until) = breaker.gate(at: now) { return .stopped(until: until) }
        return breaker.isClosed ? .resumed : nil
    }

    private mutating func again(_ item: OutboxItem, isUnknown: Bool, retryAfter: Duration?, at now: Deadline) {
        let jitter = Double.random(in: 0...1, using: &random)
        var pause = pace.pause(after: item.tries + 1, jitter: jitter)
        if let retryAfter {
            let rest = pace.heeding(retryAfter, jitter: jitter)
            breaker.rest(until: now + rest)
            pause = max(pause, rest)
        } else {
            breaker.fail(isProbe: item.isProbe, at: now, limit: pace.failuresToStop) { [pace] times in
                min(pace.longestStop, pace.pause(after: times, jitter: jitter))
            }
        }
        waiting.add(OutboxItem(pending: item.pending, isUnknown: isUnknown, tries: item.tries + 1), due: now + pause)
    }

    private mutating func start(_ item: OutboxItem) -> Turn {
        running += 1
        return .start(item)
    }

    private func wait() -> Turn { waiting.earliest.map { .wait($0) } ?? .rest }

    private mutating func takeFresh() -> OutboxItem? {
        guard next < fresh.count else { return nil }
        defer {
            next += 1
            if next == fresh.count { (fresh, next) = ([], 0) }
        }
        return fresh[next]
    }
}
