// SPDX-License-Identifier: Apache-2.0

/// What a station does about the answer to a sign-in or to a renewal of its tokens.
package enum SessionReaction: String, Sendable, CaseIterable {
    case use
    case refuse
    case later
    case unclear

    package var meaning: String {
        switch self {
        case .use: "the tokens are used"
        case .refuse:
            "a sign-in is not repeated by itself for 30 minutes, because five refusals lock the account; after a renewal the station signs in anew"
        case .later: "tried again with the next call"
        case .unclear: "as `later`; after a renewal the station signs in anew"
        }
    }
}
