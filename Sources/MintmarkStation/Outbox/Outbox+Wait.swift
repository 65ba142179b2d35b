// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

extension Outbox {
    /// As `drain`, but no longer than `limit`; nil waits as long as it takes.
    package func drain(within limit: Duration?) async {
        guard let limit else { return await drain() }
        await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await self.drain() }
            group.addTask {
                let clock = await self.clock
                // Also when the caller is cancelled.
                defer { Task { await self.release() } }
                try await clock.sleep(until: clock.now + limit)
            }
            _ = await group.nextResult()
            group.cancelAll()
        }
    }

    /// Time between looks at a clock that nobody vouches for: the kernel tells nobody when it is in step.
    private static let clockPause = Duration.seconds(10)

    /// Takes up what waits for the clock, if it can be trusted now.
    func lookAtClock() async {
        guard waitsForClock else { return }
        do { try await resume() } catch { stop(after: error.asMintmark) }
    }

    /// As `drain`, but no longer than `patience` after the last registration that got its badge.
    package func drain(patience: Duration) async {
        var left = patience
        while ledgerFault == nil, !Task.isCancelled {
            await lookAtClock()
            if depth > 0 {
                let before = settledCount
                await drain(within: patience)
                guard before < settledCount else { return }
                left = patience
            } else if waitsForClock, left > .zero {
                let pause = min(left, Self.clockPause)
                do { try await clock.sleep(until: clock.now + pause) } catch { return }
                left -= pause
            } else {
                return
            }
        }
    }
}
