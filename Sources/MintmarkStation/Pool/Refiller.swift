// SPDX-License-Identifier: Apache-2.0
internal import Logging
internal import MintmarkCore

/// Keeps the pool filled inside the limits of the station file, beside the runs: no unit waits for it.
///
/// A reserve is not idempotent. So there is one request at a time, and none at all while the reply of an earlier one is
/// lost: a person has to look first.
package actor Refiller {
    /// Time between requests that come to nothing.
    private static let pause = Duration.seconds(60)

    private let model: String
    private let limits: PoolRefill?
    private let outside: Station.Outside
    private let reserve: @Sendable (_ count: Int) async throws -> Void
    private var work: Task<Void, Never>?
    private var notBefore: Deadline?
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

    /// Asks for nothing more; what was asked for is waited for, because a reply that is broken off is a lost one.
    package func stop() async {
        isStopped = true
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
                if let first = lost.first {
                    tell(
                        "ALARM: the pool has \(free) free DSNs and is not filled, because the reply to reserve \(first.request) was lost; look in the vendor's dashboard, then `mintmark dsn settle`"
                    )
                    break
                }
                try await reserve(count)
            }
            notBefore = nil
        } catch {
            notBefore = outside.clock.now + Self.pause
            tell("the pool could not be filled: \(error.asMintmark.what)")
        }
    }

    private func tell(_ text: String) {
        guard told != text else { return }
        told = text
        outside.tell(.notice(text))
    }
}
