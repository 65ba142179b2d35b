// SPDX-License-Identifier: Apache-2.0

/// One attempt on one unit. A value: no clock, no I/O, no actor, no logging.
package struct UnitRun: Sendable, Equatable {
    package enum State: Sendable, Equatable { case waiting, step(Int), done(Outcome) }

    package enum Event: Sendable, Equatable {
        case unitSeen
        case stepPassed
        /// The unit gave an answer: what it holds is known.
        case stepRefused(Outcome)
        /// No answer, a cut cable, a fault of the station, or a person's stop, which would end an untouched unit so.
        case stepBroken(Outcome)
    }

    package enum Action: Sendable, Equatable { case perform(Int), finish(Outcome), unexpected }

    package let plan: [PlannedStep]
    package private(set) var state = State.waiting

    package init(plan: [PlannedStep]) { self.plan = plan }

    /// The whole policy on one screen. The runner makes the event durable, then calls this, then acts.
    package mutating func apply(_ event: Event) -> Action {
        switch (state, event) {
        case (.waiting, .unitSeen): return advance(to: 0)
        case (.waiting, .stepRefused(let outcome)), (.waiting, .stepBroken(let outcome)): return finish(outcome)
        case (.step(let n), .stepPassed): return advance(to: n + 1)
        case (.step, .stepRefused(let outcome)): return finish(outcome)
        case (.step(let n), .stepBroken(let outcome)): return finish(hasWritten(upTo: n) ? .indeterminate : outcome)
        case (.waiting, .stepPassed), (.step, .unitSeen), (.done, _): return .unexpected
        }
    }

    /// Whether a step up to and including this one may have left something on the unit.
    package func hasWritten(upTo step: Int) -> Bool { plan[...step].contains { $0.writes != .nothing } }

    private mutating func advance(to step: Int) -> Action {
        guard step < plan.count else { return finish(.pass) }
        state = .step(step)
        return .perform(step)
    }

    private mutating func finish(_ outcome: Outcome) -> Action {
        state = .done(outcome)
        return .finish(outcome)
    }
}
