// SPDX-License-Identifier: Apache-2.0

/// What a station does about the answer to a reserve request, which must never be repeated blindly.
package enum ReserveReaction: String, Sendable, CaseIterable {
    case take
    case refuse
    case askLater = "ask-later"
    case alarm

    package var meaning: String {
        switch self {
        case .take: "the DSNs go into the pool, all in one commit"
        case .refuse: "`dsn.reserve.refused` in the ledger: nothing was reserved, and asking again would change nothing"
        case .askLater: "`dsn.reserve.refused` in the ledger: nothing was reserved, and it may be asked for again later"
        case .alarm:
            "`dsn.unknown` in the ledger and an alarm: the DSNs may be reserved; nothing more is asked for by itself until a search proves that they are not, or a person has settled it"
        }
    }
}
