// SPDX-License-Identifier: Apache-2.0
internal import Logging
internal import MintmarkCore

/// Keeps the pool filled inside the limits of the station file, beside the runs: no unit waits for it.
///
/// A reserve is not idempotent. So there is one request at a time, and none at all while the reply of an earlier one is
/// lost: the cloud's list must prove first that it reserved nothing, or a person has to look.
package actor Refiller {
    /// Time between requests that come to nothing.
    private static let pause = Duration.seconds(60)
    /// Time between searches that prove nothing.
    private static let searchPause = Duration.seconds(900)

    private let model: String
    private let limits: PoolRefill?
    private let outside: Station.Outside
    private let reserve: @Sendable (_ count: Int) async throws -> Void
    private var work: Task<Void, Never>?
    private var notBefore: Deadline?
    private var search: Task<ReserveFinding?, any Error>?
    private var noSearchBefore: Deadline?
    /// Why the cloud is not searched any more in this session.
    private var searchRefusal: String?
    private var isStopped = false
    /// What the person was told last, so that it is said once.
    private var told: String?

    init(
        model: String, limits: PoolRefill?, outside: Station.Outside,
        reserve: @escaping @Sendable (_ count: Int) async throws -> Void
    ) {
        self.model = model
        self.limits = limits
        self.outside = outside
        self.reserve = reserve
    }

    /// Looks at the pool in the background and asks for what it lacks.
    func wake() {
        guard let limits, work == nil, !isStopped else { return }
        if let notBefore, outside.clock.now < notBefore { return }
        work = Task {
            await self.fill(limits)
            self.work = nil
        }
    }

    /// As `wake`, and waits for the end of it.
    func once() async {
        wake()
        await work?.value
    }

    /// Asks for nothing more; what was asked for is waited for, because a reply that is broken off is a lost one. A search
    /// is broken off.
    package func stop() async {
        isStopped = true
        search?.cancel()
        await work?.value
    }

    private func fill(_ limits: PoolRefill) async {
        do {
            while !isStopped {
                let model = model
                let (free, lost) = try await outside.ledger.read { state in
                    (try state.freeDSNs(model: model), try state.lostReserves())
                }
                guard let count = limits.next(free: free) else { break }
                guard lost.isEmpty else {
                    if try await clearUp(lost, free: free) { continue }
                    break
                }
                try await reserve(count)
            }
            notBefore = nil
        } catch {
            notBefore = outside.clock.now + Self.pause
            guard !isStopped else { return }
            tell("the pool could not be filled: \(error.asMintmark.what)")
        }
    }

    /// Whether the cloud proves that some of these reserved nothing. Otherwise says why not, and what a person does.
    private func clearUp(_ lost: [LostReserve], free: Int) async throws -> Bool {
        if let noSearchBefore, outside.clock.now < noSearchBefore { return false }
        var unproven: ReserveFinding?
        for model in Set(lost.map(\.model)).sorted() where searchRefusal == nil {
            do {
                guard let finding = try await searched(model) else { continue }
                if finding.isProof {
                    // A person settled them meanwhile.
                    guard !finding.settled.isEmpty else { continue }
                    let requests = finding.settled.map(\.request).joined(separator: ", ")
                    outside.tell(
                        .notice("reserve \(requests), whose reply was lost, reserved nothing: \(finding.text)"))
                    return true
                }
                unproven = unproven ?? finding
            } catch {
                let error = error.asMintmark
                switch error.code {
                case .cloudRefused, .roleMissing, .sandboxMixUp: searchRefusal = error.what
                case .cloudAnswerBad, .cloudAnswerLost, .cloudBusy, .cloudSignIn, .cloudTLS, .cloudUnreachable:
                    throw MintmarkError(
                        error.code,
                        "the reply to reserve \(lost[0].request) was lost, and the cloud cannot be searched now: \(error.what)",
                        next: error.next)
                default: throw error
                }
            }
        }
        if let unproven {
            noSearchBefore = outside.clock.now + Self.searchPause
            alarm(lost, free: free, unproven.text)
            return false
        }
        let isKnown = lost.contains { $0.asked != nil }
        let plan =
            isKnown
            ? "the cloud is searched for it ten minutes after the request, or after the machine's start"
            : "it was asked for by the machine that this one replaced"
        alarm(lost, free: free, searchRefusal ?? plan)
        return false
    }

    private func searched(_ model: String) async throws -> ReserveFinding? {
        guard !isStopped else { return nil }
        let outside = outside
        let task = Task { try await Station.searchLost(of: model, actor: "refill", outside) }
        search = task
        defer { search = nil }
        return try await task.value
    }

    private func alarm(_ lost: [LostReserve], free: Int, _ why: String) {
        tell(
            "ALARM: the pool has \(free) free DSNs and is not filled, because the reply to reserve \(lost[0].request) was lost; \(why); look in the vendor's dashboard for the reservation, import its archive with `mintmark dsn import` if there is one, then `mintmark dsn settle`",
            once: "\(lost[0].request) \(why)")
    }

    /// `key`: what tells it from other texts, where a number in it changes with each unit.
    private func tell(_ text: String, once key: String? = nil) {
        guard told != key ?? text else { return }
        told = key ?? text
        outside.tell(.notice(text))
    }
}
