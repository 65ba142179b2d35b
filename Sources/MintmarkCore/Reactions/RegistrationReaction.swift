// SPDX-License-Identifier: Apache-2.0

/// What a station does about the answer to a manufacture or provision request.
package enum RegistrationReaction: String, Sendable, CaseIterable {
    case compare
    case look
    case lookAndCompare = "look-and-compare"
    case refuse
    case resend
    case hold

    package var meaning: String {
        switch self {
        case .compare:
            "what it shows is compared with what was sent: `registered`, or `quarantined` with the difference"
        case .look:
            "`register.unknown` in the ledger, then one look at the cloud: there and equal is `registered`, there and different is `quarantined`, not there is sent again after a pause"
        case .lookAndCompare:
            "one look at the cloud: everything that must be shown is shown and equal is `registered`, anything else is `quarantined` with the difference"
        case .refuse: "`refused` at once and not sent again by itself; `mintmark register refused` lists it"
        case .resend: "nothing was done: sent again after a pause, not before Retry-After"
        case .hold: "nothing more is sent in this session"
        }
    }
}
