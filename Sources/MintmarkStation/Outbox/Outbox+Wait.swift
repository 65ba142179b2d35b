// SPDX-License-Identifier: Apache-2.0

extension Outbox {
    /// As `drain`, but no longer than `limit`; nil waits as long as it takes.
    package func drain(within limit: Duration?) async {
        guard let limit else { return await drain() }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.drain() }
            group.addTask {
                try? await Task.sleep(for: limit)
                await self.release()
            }
            await group.next()
            group.cancelAll()
        }
    }
}
