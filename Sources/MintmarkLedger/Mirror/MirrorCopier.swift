// SPDX-License-Identifier: Apache-2.0
internal import Dispatch
package import MintmarkCore
internal import Synchronization

/// Keeps a mirror up with its ledger, on a thread of its own: a disk that hangs there holds up no commit and no unit.
///
/// Each commit wakes it; commits that come while it works share the next pass. A mirror that is away is told once and
/// tried again at the next commit.
package final class MirrorCopier: Sendable {
    private let folder: String
    private let ledger: String
    private let queue = DispatchQueue(label: "mintmark-mirror", qos: .utility)
    private let tell: @Sendable (String) -> Void
    private let line = Mutex(Line())

    private struct Line {
        /// A pass is on its way that has not begun to read.
        var isWaiting = false
        /// What was told last of a mirror that cannot be used.
        var told: String?
        /// What the mirror says of the ledger; sticky.
        var fault: MintmarkError?
        var stop: (@Sendable (MintmarkError) -> Void)?
    }

    /// The mirror, on the copier's queue only.
    private let mirror = Mutex<LedgerMirror?>(nil)

    /// How long a session's beginning and end wait for the mirror's disk.
    private let patience: Duration

    /// `tell` is for a person: one line.
    package init(
        _ folder: String, of ledger: String, patience: Duration = .seconds(3),
        tell: @escaping @Sendable (String) -> Void
    ) {
        (self.folder, self.ledger, self.patience, self.tell) = (folder, ledger, patience, tell)
    }

    /// Compares mirror and ledger before the ledger is written. A mirror that does not answer in time is away.
    ///
    /// - Throws: `.ledgerRolledBack`, `.ledgerForked`.
    package func check() async throws(MintmarkError) {
        await run { mirror throws(MintmarkError) in try mirror.check() }
        if let fault = line.withLock(\.fault) { throw fault }
    }

    /// Begins to copy. `stop` is called once when the mirror says that the ledger must not be written any more.
    package func start(stop: @escaping @Sendable (MintmarkError) -> Void) {
        let fault = line.withLock { line in
            line.stop = stop
            return line.fault
        }
        // Found by a check that took longer than anybody waited for it.
        if let fault { stop(fault) } else { wake() }
    }

    /// There is more to copy. Returns at once.
    func wake() {
        let isFirst = line.withLock { line in
            defer { line.isWaiting = true }
            return !line.isWaiting && line.fault == nil
        }
        guard isFirst else { return }
        queue.async {
            self.line.withLock { $0.isWaiting = false }
            self.attempt { mirror throws(MintmarkError) in try mirror.copy() }
        }
    }

    /// Copies what the session's end left, and tells when something is still missing.
    func finish(now: Int64) async throws(MintmarkError) {
        let isLate = await run { mirror throws(MintmarkError) in try mirror.copy() }
        if let fault = line.withLock(\.fault) { throw fault }
        guard !isLate, line.withLock(\.told) != nil else { return }
        _ = await wait { self.tellLag(now) }
    }

    private func tellLag(_ now: Int64) {
        do throws(MintmarkError) {
            let lag = try LedgerReader(at: ledger).mirrorLag(folder, now: now)
            if lag.missing > 0 { tell("mirror: \(lag.description)") }
        } catch { note(error.description) }
    }

    @discardableResult
    private func run(_ work: @escaping @Sendable (LedgerMirror) throws(MintmarkError) -> Void) async -> Bool {
        let isLate = await wait { self.attempt(work) }
        if isLate { note("the mirror in \(folder) does not answer") }
        return isLate
    }

    /// Waits for work on the copier's thread as long as patience lasts; true when it did not. It then goes on alone.
    private func wait(_ work: @escaping @Sendable () -> Void) async -> Bool {
        await withCheckedContinuation { caller in
            let once = Mutex<CheckedContinuation<Bool, Never>?>(caller)
            let answer: @Sendable (Bool) -> Void = { isLate in
                once.withLock { $0.take() }?.resume(returning: isLate)
            }
            queue.async {
                work()
                answer(false)
            }
            let (seconds, rest) = patience.components
            let limit = DispatchTime.now() + .seconds(Int(seconds)) + .nanoseconds(Int(rest / 1_000_000_000))
            DispatchQueue.global().asyncAfter(deadline: limit) { answer(true) }
        }
    }

    private func attempt(_ work: (LedgerMirror) throws(MintmarkError) -> Void) {
        do throws(MintmarkError) {
            let mirror = try self.mirror.withLock { (mirror) throws(MintmarkError) in
                if let mirror { return mirror }
                let new = try LedgerMirror(folder, of: ledger)
                mirror = new
                return new
            }
            try work(mirror)
            if line.withLock({ $0.told.take() }) != nil { tell("the mirror in \(folder) is back") }
        } catch {
            guard error.code == .mirrorFault else { return fail(error) }
            note(error.description)
        }
    }

    private func note(_ text: String) {
        let isNews = line.withLock { line in
            defer { line.told = text }
            return line.told != text
        }
        if isNews { tell(text) }
    }

    private func fail(_ error: MintmarkError) {
        let stop = line.withLock { line in
            defer { line.fault = line.fault ?? error }
            return line.fault == nil ? line.stop : nil
        }
        stop?(error)
    }
}
