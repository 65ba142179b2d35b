// SPDX-License-Identifier: Apache-2.0
internal import NIOCore
internal import Synchronization

/// The streams that are open, by their keys.
final class StreamHub: Sendable {
    private struct State {
        var open: [(key: String, channel: any Channel)] = []
        var sent: [String: Int] = [:]
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

    func send(_ event: StreamEvent, to keys: [String]) {
        let targets = state.withLock { state in
            keys.flatMap { key in
                let number = (state.sent[key] ?? 0) + 1
                state.sent[key] = number
                return state.open.filter { $0.key == key }.map { ($0.channel, event.frame(number: number)) }
            }
        }
        for (channel, text) in targets { channel.eventLoop.execute { StreamHandler.send(text, on: channel) } }
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
