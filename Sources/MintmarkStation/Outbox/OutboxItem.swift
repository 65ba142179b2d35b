// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// A registration in the outbox of this session.
struct OutboxItem: Sendable, Equatable {
    let pending: PendingRegistration
    /// Whether an earlier attempt may have reached the cloud: it is looked up before it is sent.
    var isUnknown: Bool
    /// Attempts in this session that settled nothing.
    var tries = 0
    /// Whether it goes alone, to see whether the cloud is back.
    var isProbe = false

    /// What came of one attempt.
    enum End: Sendable, Equatable {
        /// The ledger holds its badge.
        case settled
        /// It has to be tried again, not before `retryAfter`.
        case again(isUnknown: Bool, String, retryAfter: Duration?)
        /// Nothing may be sent any more.
        case held(String)
    }
}
