// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore
internal import Synchronization

/// State, faults and journal behind one lock, which is never held across anything slow.
final class CloudCore: Sendable {
    struct Parts: Sendable {
        var state: CloudState
        var plan: CloudFaultPlan
        var journal = CloudJournal()
        /// Draws latencies and request ids.
        var random: ModuleRandom
    }

    /// Seconds since 1970.
    let clock: @Sendable () -> Int64
    let hub = StreamHub()
    private let parts: Mutex<Parts>

    init(_ parts: Parts, clock: @escaping @Sendable () -> Int64) {
        self.parts = Mutex(parts)
        self.clock = clock
    }

    func with<Answer: Sendable, Failure: Error>(
        _ body: (inout Parts) throws(Failure) -> Answer
    ) throws(Failure) -> Answer {
        try parts.withLock { (parts) throws(Failure) in
            let answer = try body(&parts)
            // Handed over under the lock: two events keep their order, and a stream that opens misses none.
            for (_, frames) in parts.state.takeEvents() {
                for (key, text) in frames { hub.send(text, to: key) }
            }
            return answer
        }
    }

    /// What a request meets before it is carried out.
    struct Fate: Sendable {
        let fault: CloudFault?
        /// Milliseconds of switch D28.
        let latency: Int
        let requestID: String
        /// Milliseconds that the fault lets the request wait before it is carried out, and its answer afterwards.
        let before: Int
        let after: Int
    }

    func meet(_ route: CloudRoute) -> Fate {
        with { parts in
            let fault = parts.plan.draw(route)
            let (before, after) = parts.plan.delays(fault)
            return Fate(
                fault: fault, latency: Int.random(in: parts.state.switches.latency, using: &parts.random),
                requestID: parts.random.hex(), before: before, after: after)
        }
    }

    /// Carries the call out, or answers in its place as the fault wants, and writes the journal; nil: no answer leaves.
    func carryOut(_ call: CloudCall, method: String, path: String, fate: Fate) -> CloudAnswer? {
        let now = clock()
        return with { parts in
            let answer = Self.answer(call, fate.fault?.kind, &parts.state, now)
            let leaves = answer != nil && ![.dropAfterCommit, .halfOpen].contains(fate.fault?.kind)
            parts.journal.append(
                CloudJournalEntry(
                    number: parts.journal.nextNumber, time: now, method: method, path: path, route: call.route,
                    dsn: call.dsn, requestID: fate.requestID, status: leaves ? answer?.status : nil,
                    hasCommitted: answer?.hasCommitted ?? false, fault: fate.fault?.description,
                    fields: CloudJournalEntry.fields(of: call)))
            return leaves ? answer : nil
        }
    }

    private static func answer(
        _ call: CloudCall, _ fault: CloudFault.Kind?, _ state: inout CloudState, _ now: Int64
    ) -> CloudAnswer? {
        switch fault {
        case .dropBeforeCommit: return nil
        case .status(let status, let retryAfter):
            var answer =
                status < 500
                ? CloudAnswer(status, ["error": .string("Status \(status)")])
                : CloudAnswer(status, html: "\(status) Sandbox fault")
            answer.retryAfter = retryAfter
            return answer
        case .redirect:
            var answer = CloudAnswer(empty: 302)
            answer.location = "https://127.0.0.1:9/elsewhere"
            return answer
        case .code(let code):
            let error = FactoryError.samples.first { $0.code == code }
            return error.map { state.factoryAnswer($0, route: call.route) }
        case .expire: state.expire(call.token ?? "")
        case .duplicate:
            let first = state.answer(call, now: now)
            var second = state.answer(call, now: now)
            second.hasCommitted = first.hasCommitted || second.hasCommitted
            return second
        case .slow, .late, .slowWithin, .lateWithin, .slowTail, .lateTail, .dropAfterCommit, .halfOpen, .truncated,
            .oversized, .html, .wrongContentType, nil:
            break
        }
        return state.answer(call, now: now)
    }
}
