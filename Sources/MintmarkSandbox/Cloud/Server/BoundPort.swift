// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore
internal import Synchronization

/// The port a server got, for those who wait for it; or that it got none.
final class BoundPort: Sendable {
    private struct State {
        var result: Result<Int, MintmarkError>?
        var waiters: [CheckedContinuation<Result<Int, MintmarkError>, Never>] = []
    }

    private let state = Mutex(State())

    /// The first result counts.
    func set(_ result: Result<Int, MintmarkError>) {
        let waiters = state.withLock { state in
            state.result = state.result ?? result
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume(returning: result) }
    }

    var value: Int {
        get async throws(MintmarkError) {
            let result = await withCheckedContinuation { continuation in
                let result = state.withLock { state in
                    if state.result == nil { state.waiters.append(continuation) }
                    return state.result
                }
                if let result { continuation.resume(returning: result) }
            }
            return try result.get()
        }
    }
}
