// SPDX-License-Identifier: Apache-2.0

/// What a station does about the answer to a search for what a lost reserve may have left behind.
package enum ReserveSearchReaction: String, Sendable, CaseIterable {
    case judge
    case leave
    case later
    case hold

    package var meaning: String {
        switch self {
        case .judge:
            "a list read to its end that shows every free DSN of this ledger as reserved, and no reserved one that the ledger does not have, proves that nothing was reserved: `dsn.unknown.disproved` in the ledger, and the pool is filled again; any other list is an alarm that names what it shows, and a person settles"
        case .leave: "the cloud does not offer the search: not asked again in this session, an alarm; a person settles"
        case .later: "searched again at the next occasion to fill the pool, after a pause"
        case .hold: RegistrationReaction.hold.meaning
        }
    }
}
