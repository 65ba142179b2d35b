// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

extension Console {
    /// Reads what the unit logs by itself until `decide` knows enough; nil when `limit` has passed before.
    ///
    /// - Throws: `.deviceRebooted` (err_code 50) on a banner nobody asked for, `.portLost`, `CancellationError`.
    func watch<Answer>(by limit: Deadline, _ decide: (LogLine) -> Answer?) async throws -> Answer? {
        let deadline = min(limit, stepDeadline)
        while ContinuousClock.now < deadline {
            var exchange = CommandExchange("")
            do {
                try await readLines(into: &exchange, by: deadline)
            } catch let error as MintmarkError where error.code == .deviceSilent {
                return nil
            }
            if exchange.boot.hasBegun { try await finishBoot(&exchange, by: deadline) }
            for log in exchange.logs {
                if let answer = decide(log) { return answer }
            }
        }
        return nil
    }
}
