// SPDX-License-Identifier: Apache-2.0
import MintmarkCore

/// A ledger whose power can go off before a commit, or after it and before anybody learns of it.
struct PoweredLedger: Ledger {
    let ledger: any Ledger
    let power: PowerSwitch

    func commit<Answer: Sendable>(
        _ act: @escaping @Sendable (any LedgerState) throws -> Decision<Answer>
    ) async throws -> Answer {
        try power.act()
        let answer = try await ledger.commit(act)
        try power.act()
        return answer
    }

    func read<Answer: Sendable>(_ look: @escaping @Sendable (any LedgerState) throws -> Answer) async throws -> Answer {
        try await ledger.read(look)
    }
}
