// SPDX-License-Identifier: Apache-2.0
internal import NIOCore
internal import Synchronization

/// The streams that are open, by their keys.
final class StreamHub: Sendable {
    private struct State {
        var open: [(key: String, channel: any Channel)] = []
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    func add(_ key: String, _ channel: any Channel) {
        let waiters = state.withLock { state in
            state.open.append((key, channel))
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
        channel.closeFuture.whenComplete { _ in
            self.state.withLock { $0.open.removeAll { $0.channel === channel } }
        }
    }

    /// To every stream that is open with the key; a client may have several.
    func send(_ text: String, to key: String) {
        for (_, channel) in state.withLock({ $0.open }).filter({ $0.key == key }) {
            channel.eventLoop.execute { StreamHandler.send(text, on: channel) }
        }
    }

    var count: Int { state.withLock { $0.open.count } }

    /// Returns when at least one stream is open.
    func untilOpen() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if state.open.isEmpty { state.waiters.append(continuation) }
                return !state.open.isEmpty
            }
            if isOpen { continuation.resume() }
        }
    }
}
