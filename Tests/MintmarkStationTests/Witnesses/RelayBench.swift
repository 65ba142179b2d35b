// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkCrypto
import MintmarkStation

/// A relay between a ledger and witnesses that answer as the test says.
actor RelayBench {
    enum Answer: Sendable {
        case down
        case reply(Int, String)
    }

    nonisolated let contradiction = Contradiction()
    nonisolated let clock = SkippingClock()
    /// Every head that was kept: `witness size`, as it happens.
    nonisolated let kept: AsyncStream<String>
    private let keptSource: AsyncStream<String>.Continuation
    /// Every notice, as it happens.
    nonisolated let notices: AsyncStream<String>
    private let noticeSource: AsyncStream<String>.Continuation
    private let keys: [String: Ed25519PrivateKey]
    private var size: Int64 = 10
    private var cosigned: [String: Int64] = [:]
    private var answers: [String: [Answer]]
    private(set) var sent: [String] = []
    /// The same, as it happens.
    nonisolated let arrivals: AsyncStream<String>
    private let arrivalSource: AsyncStream<String>.Continuation
    /// A witness that answers only when the test lets it.
    private var held: [CheckedContinuation<Void, Never>] = []
    private var isHeld = false

    init(_ names: String..., answers: [String: [Answer]] = [:]) throws {
        keys = try Dictionary(uniqueKeysWithValues: names.map { ($0, try Ed25519PrivateKey()) })
        self.answers = answers
        (kept, keptSource) = AsyncStream.makeStream()
        (notices, noticeSource) = AsyncStream.makeStream()
        (arrivals, arrivalSource) = AsyncStream.makeStream()
    }

    nonisolated func relay() -> HeadRelay {
        let entries = keys.sorted { $0.key < $1.key }.map { name, key in
            WitnessEntry(
                url: "https://\(name)", key: NoteKey(name: name, algorithm: .cosignature, publicKey: key.publicKey))
        }
        return HeadRelay(
            entries, contradiction: contradiction,
            outside: HeadRelay.Outside(
                newest: { await self.newest }, standing: { await self.standing($0) },
                send: { submission, witness, _ in try await self.send(submission, witness) },
                keep: { signature, size in await self.keep(signature, size) }, clock: clock,
                tell: { [noticeSource] in if case .notice(let text) = $0 { noticeSource.yield(text) } }))
    }

    func sign(_ size: Int64) { self.size = size }

    func isCosigned(by name: String, upTo size: Int64) { cosigned[name] = size }

    /// A notice to wait for where there may be no other.
    func sayLast() { noticeSource.yield("the last") }

    /// Witnesses take a request and do not answer it, until `letGo`.
    func hold() { isHeld = true }

    func letGo() {
        isHeld = false
        for one in held { one.resume() }
        held = []
    }

    private var newest: (head: SignedNote, size: Int64)? {
        size == 0 ? nil : (SignedNote(text: "log\n\(size)\nroot\n", signatures: []), size)
    }

    private func standing(_ witness: WitnessEntry) -> WitnessStanding {
        let old = cosigned[witness.key.name] ?? 0
        return WitnessStanding(size: old, waitingSince: old < size ? 1_773_739_800_000_000 - 42_000_000 : nil)
    }

    private func send(_ submission: Submission, _ witness: WitnessEntry) async throws -> WitnessReply {
        let name = witness.key.name
        sent.append("\(name) \(submission.old)-\(submission.size)")
        arrivalSource.yield("\(name) \(submission.old)-\(submission.size)")
        if isHeld { await withCheckedContinuation { held.append($0) } }
        guard answers[name]?.isEmpty == false, let answer = answers[name]?.removeFirst() else {
            guard let key = keys[name] else { throw CancellationError() }
            let line = try Cosignature.make(over: submission.head.text, by: key, as: name, time: 1_773_739_800).line
            return WitnessReply(status: 200, body: line)
        }
        switch answer {
        case .down: throw MintmarkError(.witnessFailed, "https://\(name) cannot be reached", next: "Wait.")
        case .reply(let status, let body): return WitnessReply(status: status, body: body)
        }
    }

    private func keep(_ signature: SignedNote.Signature, _ size: Int64) {
        cosigned[signature.name] = max(size, cosigned[signature.name] ?? 0)
        keptSource.yield("\(signature.name) \(size)")
    }
}

extension AsyncStream {
    /// The next so many elements.
    func next(_ count: Int) async -> [Element] {
        var all: [Element] = []
        guard count > 0 else { return all }
        for await element in self {
            all.append(element)
            if all.count == count { break }
        }
        return all
    }
}
