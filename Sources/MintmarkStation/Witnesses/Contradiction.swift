// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore
internal import Synchronization

/// The first thing in this session that somebody outside knows of this log and the ledger does not have: the ledger is
/// rolled back or forked. Once it is there, no run begins, none writes its first byte, and no head is shown to anybody.
package final class Contradiction: Sendable {
    private let first = Mutex<MintmarkError?>(nil)

    package init() {}

    package var error: MintmarkError? { first.withLock(\.self) }

    package func note(_ error: MintmarkError) { first.withLock { $0 = $0 ?? error } }
}
