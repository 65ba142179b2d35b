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

    /// As `drain`, but no longer than `patience` after the last registration that got its badge.
    package func drain(patience: Duration) async {
        var before = -1
        while before < settledCount, depth > 0, ledgerFault == nil {
            before = settledCount
            await drain(within: patience)
        }
    }
}
