// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// What a wait for a line ends with: the first of the line and the task's cancellation, handed over exactly once.
final class LineAnswer: Sendable {
    private enum State {
        case open
        case waiting(CheckedContinuation<String?, Never>)
        case given(String?)
        case taken
    }

    private let state = Mutex(State.open)

    /// False when the answer was given already, and is handed over. Called once.
    func waits(for continuation: CheckedContinuation<String?, Never>) -> Bool {
        let given: String?? = state.withLock { state in
            guard case .given(let line) = state else {
                state = .waiting(continuation)
                return nil
            }
            state = .taken
            return .some(line)
        }
        guard let given else { return true }
        continuation.resume(returning: given)
        return false
    }

    /// Only the first answer counts.
    func give(_ line: String?) {
        let waiting: CheckedContinuation<String?, Never>? = state.withLock { state in
            switch state {
            case .open:
                state = .given(line)
                return nil
            case .waiting(let continuation):
                state = .taken
                return continuation
            case .given, .taken: return nil
            }
        }
        waiting?.resume(returning: line)
    }
}
