// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// Stops calls to a cloud that answers nothing, and lets one through at a time to see whether it is back.
struct CircuitBreaker: Sendable, Equatable {
    enum Gate: Sendable, Equatable {
        /// Calls may go.
        case free
        /// One call may go, to see.
        case one
        /// No call may go before this.
        case shut(Deadline)
        /// The one call is on its way.
        case waiting
    }

    private enum State: Sendable, Equatable {
        case closed(failures: Int)
        case open(until: Deadline, failures: Int)
        case probing(failures: Int)
    }

    private var state = State.closed(failures: 0)

    var isClosed: Bool { if case .closed = state { true } else { false } }

    func gate(at now: Deadline) -> Gate {
        switch state {
        case .closed: .free
        case .open(let until, _): until <= now ? .one : .shut(until)
        case .probing: .waiting
        }
    }

    /// The one call goes.
    mutating func probe() {
        if case .open(_, let failures) = state { state = .probing(failures: failures) }
    }

    /// The cloud gave an answer that decides something. One that was under way when the circuit opened does not close it.
    mutating func succeed() {
        switch state {
        case .closed, .probing: state = .closed(failures: 0)
        case .open: break
        }
    }

    /// A call came to nothing. What was sent before the circuit opened does not open it again.
    ///
    /// `pause` gives the time until the next call, from the number of times that the circuit opened in a row.
    mutating func fail(isProbe: Bool, at now: Deadline, limit: Int, pause: (_ times: Int) -> Duration) {
        switch state {
        case .closed(let failures) where failures + 1 < limit: state = .closed(failures: failures + 1)
        case .closed: state = .open(until: now + pause(1), failures: 1)
        case .probing(let failures) where isProbe:
            state = .open(until: now + pause(failures + 1), failures: failures + 1)
        case .open, .probing: break
        }
    }

    /// The cloud asked to be left alone until then.
    mutating func rest(until time: Deadline) {
        switch state {
        case .closed: state = .open(until: time, failures: 0)
        case .open(let until, let failures): state = .open(until: max(until, time), failures: failures)
        case .probing(let failures): state = .open(until: time, failures: failures)
        }
    }
}
