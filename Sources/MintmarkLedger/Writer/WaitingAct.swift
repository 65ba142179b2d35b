// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// An act whose caller waits for the commit.
struct WaitingAct: Sendable {
    /// Decides on entries, and what tells the caller once they are durable.
    let decide: @Sendable (any LedgerState) throws -> (entries: [EntryDraft], answer: @Sendable () -> Void)
    let refuse: @Sendable (any Error) -> Void

    init<Answer: Sendable>(
        _ act: @escaping @Sendable (any LedgerState) throws -> Decision<Answer>,
        _ caller: CheckedContinuation<Answer, any Error>
    ) {
        decide = {
            let decision = try act($0)
            return (decision.entries, { caller.resume(returning: decision.answer) })
        }
        refuse = { caller.resume(throwing: $0) }
    }
}
