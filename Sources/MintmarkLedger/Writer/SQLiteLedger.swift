// SPDX-License-Identifier: Apache-2.0
internal import Dispatch
internal import Glibc
package import MintmarkCore
package import MintmarkCrypto
internal import Synchronization

/// One station's log in one SQLite file. One process writes it at a time.
///
/// Acts that wait while a commit is on its way to the disk share the next one; an act that comes alone is committed
/// at once.
package final class SQLiteLedger: Ledger {
    /// Acts that share a commit at most, so that no caller waits for ever.
    private static let groupLimit = 1000
    /// From so many acts in the last commit on, the next one waits for company.
    private static let bigGroup = 8
    private static let lingerLimit = Duration.microseconds(100)

    private let writer: LedgerWriter
    private let mirror: MirrorCopier?
    private let clock: any StationClock
    private let line = Mutex(Line())

    private struct Line {
        var acts: [WaitingAct] = []
        var isServed = false
        /// Acts of the last commit.
        var last = 0
    }

    init(writer: LedgerWriter, mirror: MirrorCopier?, clock: any StationClock) {
        (self.writer, self.mirror, self.clock) = (writer, mirror, clock)
    }

    /// Lets the mirror follow from here on; what it says can stop the writer.
    func startMirror() async {
        guard let mirror else { return }
        await writer.whenCommitted { mirror.wake() }
        mirror.start { [writer] reason in Task { await writer.stop(reason) } }
    }

    package func commit<Answer: Sendable>(
        _ act: @escaping @Sendable (any LedgerState) throws -> Decision<Answer>
    ) async throws -> Answer {
        try await withCheckedThrowingContinuation { caller in
            let waiting = WaitingAct(act, caller)
            let last: Int? = line.withLock { line in
                line.acts.append(waiting)
                defer { line.isServed = true }
                return line.isServed ? nil : line.last
            }
            if let last { writer.executor.queue.async { self.serve(after: last) } }
        }
    }

    package func read<Answer: Sendable>(
        _ look: @escaping @Sendable (any LedgerState) throws -> Answer
    ) async throws -> Answer {
        try await writer.look(look)
    }

    /// Records the session's end, brings everything into the file and gives the lock back; then the mirror gets the
    /// rest. Safe to call twice.
    ///
    /// - Throws: the fault that stopped the ledger, if one did; the lock is given back all the same.
    package func close() async throws {
        do { try await writer.close(SQLiteLedger.draft(SessionClose())) } catch {
            try await mirror?.finish(now: clock.wall)
            throw error
        }
        try await mirror?.finish(now: clock.wall)
    }

    /// Signs a head over all that is committed, if none is; nil when the station has no key for it.
    package func signHead() async throws -> SignedHead? { try await writer.signNow() }

    /// Records the session's end and signs the last head. Nothing but cosignatures can be written behind it.
    package func end() async throws { try await writer.end(SQLiteLedger.draft(SessionClose())) }

    /// Keeps a witness's cosignature beside its head, durably. Whether it is true is the caller's to know.
    package func keep(_ cosignature: SignedNote.Signature, of size: Int64) async throws {
        try await writer.keep(cosignature, of: size)
    }

    /// Who is told of each signed head from here on. Called on the writer's thread: it must return at once.
    package func whenSigned(_ tell: @escaping @Sendable () -> Void) async { await writer.whenSigned(tell) }

    static func draft(_ body: some EntryPayload) -> EntryDraft { EntryDraft(body, by: EntryContext(actor: "station")) }

    /// Runs on the writer's queue: takes all who wait, and comes back for those who came meanwhile.
    ///
    /// The callers of a big group come back one by one. The first of them is not sent to the disk alone: the writer
    /// gives the others as long as they keep coming, at most `lingerLimit`.
    private func serve(after last: Int) {
        if last >= Self.bigGroup { linger(for: last) }
        let acts = line.withLock { line in
            let acts = Array(line.acts.prefix(Self.groupLimit))
            line.acts.removeFirst(acts.count)
            return acts
        }
        writer.assumeIsolated { $0.perform(acts) }
        let isDone = line.withLock { line in
            line.isServed = !line.acts.isEmpty
            line.last = acts.count
            return !line.isServed
        }
        if !isDone { writer.executor.queue.async { self.serve(after: acts.count) } }
    }

    private func linger(for count: Int) {
        let end = ContinuousClock.now + Self.lingerLimit
        while line.withLock({ $0.acts.count }) < count, ContinuousClock.now < end { sched_yield() }
    }
}
