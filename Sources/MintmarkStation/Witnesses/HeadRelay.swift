// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore
package import MintmarkCrypto

/// Brings the newest signed head to the witnesses, store and forward: no run ever waits for it.
///
/// One request at most is on its way to each witness. A head that was overtaken while a witness could not be reached is
/// never sent.
package actor HeadRelay {
    /// The ledger and the network, as the executable or a test wires them.
    package struct Outside: Sendable {
        /// The newest signed head; nil before the first.
        package var newest: @Sendable () async throws -> (head: SignedNote, size: Int64)?
        package var standing: @Sendable (WitnessEntry) async throws -> WitnessStanding
        package var send: @Sendable (Submission, WitnessEntry, Deadline) async throws -> WitnessReply
        package var keep: @Sendable (SignedNote.Signature, _ size: Int64) async throws -> Void
        package var clock: any StationClock
        package var tell: @Sendable (StationEvent) -> Void

        package init(
            newest: @escaping @Sendable () async throws -> (head: SignedNote, size: Int64)?,
            standing: @escaping @Sendable (WitnessEntry) async throws -> WitnessStanding,
            send: @escaping @Sendable (Submission, WitnessEntry, Deadline) async throws -> WitnessReply,
            keep: @escaping @Sendable (SignedNote.Signature, _ size: Int64) async throws -> Void,
            clock: any StationClock, tell: @escaping @Sendable (StationEvent) -> Void
        ) {
            self.newest = newest
            self.standing = standing
            self.send = send
            self.keep = keep
            self.clock = clock
            self.tell = tell
        }
    }

    /// For one exchange with a witness.
    private static let patience = Duration.seconds(30)
    /// Pauses after failures, in seconds: doubled from the first to the last, which is the age of a head.
    private static let pauses = (first: 1.0, last: 60.0)

    private let witnesses: [WitnessEntry]
    private let contradiction: Contradiction
    private let outside: Outside
    private nonisolated let wakes: [AsyncStream<Void>.Continuation]
    private let streams: [AsyncStream<Void>]
    private var tasks: [Task<Void, Never>] = []
    /// What was told of each witness last, and for how many seconds it lacked heads then. The same is told again when
    /// that has doubled, so that a night without it is ten lines.
    private var told: [(what: String, age: Int64)?]
    /// Whether the witness was asked in this session. A ledger that was put back holds the cosignatures of its time and
    /// would see no reason to ask.
    private var isAsked: [Bool]

    package init(_ witnesses: [WitnessEntry], contradiction: Contradiction, outside: Outside) {
        self.witnesses = witnesses
        self.contradiction = contradiction
        self.outside = outside
        let made = witnesses.map { _ in AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1)) }
        (streams, wakes) = (made.map(\.stream), made.map(\.continuation))
        told = witnesses.map { _ in nil }
        isAsked = witnesses.map { _ in false }
    }

    /// There may be a newer head. Returns at once.
    package nonisolated func wake() { for wake in wakes { wake.yield() } }

    /// Works until `finish`; begins with the newest head of earlier sessions.
    package func start() {
        tasks = witnesses.indices.map { index in Task { await self.serve(index) } }
        wake()
    }

    /// Breaks off what is on its way, then tries each witness once more with the newest head, all at once.
    package func finish(within time: Duration) async {
        let running = tasks
        tasks = []
        for wake in wakes { wake.finish() }
        for task in running { task.cancel() }
        for task in running { await task.value }
        let deadline = outside.clock.now + time
        // Tasks of their own: a session that a person interrupts shows its end to the witnesses too.
        let last = witnesses.indices.map { index in Task { await self.bring(index, by: deadline) } }
        for task in last { _ = await task.value }
    }

    private func serve(_ index: Int) async {
        for await _ in streams[index] {
            var pause = Self.pauses.first
            while await !bring(index, by: outside.clock.now + Self.patience) {
                // Apart from each other, so that all stations of a site do not come back at once.
                let wait = Duration.seconds(pause * Double.random(in: 0.75...1.25))
                do { try await outside.clock.sleep(until: outside.clock.now + wait) } catch { return }
                pause = min(2 * pause, Self.pauses.last)
            }
        }
    }

    /// False when it is worth trying again.
    private func bring(_ index: Int, by deadline: Deadline) async -> Bool {
        let witness = witnesses[index]
        do {
            // A head of a ledger in doubt must not come to stand anywhere.
            guard contradiction.error == nil, let (head, size) = try await outside.newest() else { return true }
            let old = try await outside.standing(witness).size
            guard old < size || !isAsked[index] else { return true }
            var submission = Submission(head: head, size: size, old: old)
            while true {
                let reply = try await outside.send(submission, witness, deadline)
                switch submission.judge(reply, by: witness.key) {
                case .again(let next): submission = next
                case .failed(let error): throw error
                case .contradicted(let error):
                    contradict(error, witness)
                    return true
                case .cosigned(let signature):
                    try await outside.keep(signature, size)
                    (told[index], isAsked[index]) = (nil, true)
                    return true
                }
            }
        } catch is CancellationError { return false } catch {
            if !Task.isCancelled { await report(error.asMintmark, index) }
            return false
        }
    }

    private func contradict(_ error: MintmarkError, _ witness: WitnessEntry) {
        let error = MintmarkError(error.code, "witness \(witness.key.name): \(error.what)", next: error.next)
        contradiction.note(error)
        outside.tell(.notice("LEDGER FAULT: \(error.description)"))
    }

    /// A witness that lacks nothing is no news, whatever it answers.
    private func report(_ error: MintmarkError, _ index: Int) async {
        do {
            guard let since = try await outside.standing(witnesses[index]).waitingSince else { return }
            let age = max(0, outside.clock.wall - since) / 1_000_000
            if let told = told[index], told.what == error.what, age < max(60, 2 * told.age) { return }
            told[index] = (error.what, age)
            tell(index, "\(error.what); it lacks heads for \(age) s", next: error.next)
        } catch {
            let error = error.asMintmark
            tell(index, error.what, next: error.next)
        }
    }

    private func tell(_ index: Int, _ what: String, next: String) {
        outside.tell(.notice("witness \(witnesses[index].key.name): \(what)\nnext: \(next)"))
    }
}
