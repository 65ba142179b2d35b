// SPDX-License-Identifier: Apache-2.0

/// One row of the table: what follows from a condition for each of the calls.
package struct CloudReactions: Sendable, Equatable {
    package let registration: RegistrationReaction
    package let reserve: ReserveReaction
    package let search: SearchReaction
    package let reserveSearch: ReserveSearchReaction
    package let session: SessionReaction

    fileprivate init(
        _ registration: RegistrationReaction, _ reserve: ReserveReaction, _ search: SearchReaction,
        _ reserveSearch: ReserveSearchReaction, _ session: SessionReaction
    ) {
        self.registration = registration
        self.reserve = reserve
        self.search = search
        self.reserveSearch = reserveSearch
        self.session = session
    }
}

extension CloudCondition {
    /// The one reaction to it. What the clients and the outbox do, and what the reference says, is read here.
    package var reactions: CloudReactions {
        switch self {
        case .shown: CloudReactions(.compare, .take, .decide, .judge, .use)
        case .unreadable, .otherSuccess: CloudReactions(.look, .alarm, .lookAgain, .later, .unclear)
        case .redirect, .badRequest, .forbidden, .notFound, .failures, .badModel, .badCount, .missingFields, .badDate,
            .otherRefusal:
            CloudReactions(.refuse, .refuse, .lookAgain, .leave, .refuse)
        case .alreadyThere: CloudReactions(.lookAndCompare, .refuse, .lookAgain, .leave, .refuse)
        case .unauthorized: CloudReactions(.resend, .refuse, .lookAgain, .leave, .refuse)
        case .proxyLogin, .notTaken, .throttled, .unavailable:
            CloudReactions(.resend, .askLater, .lookAgain, .later, .later)
        case .poolShort: CloudReactions(.resend, .askLater, .lookAgain, .leave, .refuse)
        case .serverFault, .lost: CloudReactions(.look, .alarm, .lookAgain, .later, .unclear)
        case .unreachable, .untrusted, .signInFailed, .stopped:
            CloudReactions(.resend, .askLater, .lookAgain, .later, .later)
        case .signInRefused: CloudReactions(.resend, .refuse, .lookAgain, .later, .refuse)
        case .mixedUp: CloudReactions(.hold, .refuse, .hold, .hold, .refuse)
        }
    }
}
