// SPDX-License-Identifier: Apache-2.0
internal import Dispatch
internal import Synchronization

/// A check on its way. Whichever comes first, its findings or `giveUp`, is what everybody gets to know.
final class RunningCheck: Sendable {
    private enum State {
        case running
        case awaited(CheckedContinuation<[DoctorFinding]?, Never>)
        case ended([DoctorFinding]?)
    }

    let name: String
    private let state = Mutex(State.running)
    private let task = Mutex<Task<Void, Never>?>(nil)

    init(_ check: DoctorCheck) {
        name = check.name
        switch check.work {
        case .blocking(let look):
            // A thread of its own: one that hangs holds up no other.
            DispatchQueue(label: "mintmark.doctor.\(name)").async { self.end(look()) }
        case .waiting(let look):
            let started = Task { self.end(await look()) }
            task.withLock { $0 = started }
        }
    }

    /// The findings; nil when it was given up.
    func findings() async -> [DoctorFinding]? {
        await withCheckedContinuation { waiter in
            let found: [DoctorFinding]?? = state.withLock { state in
                if case .ended(let findings) = state { return .some(findings) }
                state = .awaited(waiter)
                return nil
            }
            if let found { waiter.resume(returning: found) }
        }
    }

    /// Ends it without findings, unless it has some. What blocks a thread goes on; the process ends without it.
    func giveUp() {
        task.withLock { $0 }?.cancel()
        end(nil)
    }

    private func end(_ findings: [DoctorFinding]?) {
        let waiter: CheckedContinuation<[DoctorFinding]?, Never>? = state.withLock { state in
            switch state {
            case .ended: return nil
            case .running:
                state = .ended(findings)
                return nil
            case .awaited(let waiter):
                state = .ended(findings)
                return waiter
            }
        }
        waiter?.resume(returning: findings)
    }
}
