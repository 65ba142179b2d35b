// SPDX-License-Identifier: Apache-2.0

/// Something that goes wrong with a request: what, on which route, when.
package struct CloudFault: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        /// The request's access token has just expired.
        case expire
        /// 422 of the factory service with this code, `AFS-600` to `AFS-608`; nothing is changed.
        case code(String)
        /// This status; nothing is changed. `retryAfter` in seconds stands in the header of that name.
        case status(Int, retryAfter: Int?)
        /// 302 to a place where nobody listens; nothing is changed.
        case redirect
        /// The request waits before it is carried out; milliseconds.
        case slow(Int)
        /// It is carried out at once, and the answer waits; milliseconds.
        case late(Int)
        /// As `slow`, for a time of its own for each request, drawn from this range.
        case slowWithin(ClosedRange<Int>)
        /// As `late`, for a time of its own for each answer, drawn from this range: answers overtake each other.
        case lateWithin(ClosedRange<Int>)
        /// As `slow` and `late`, for times of which a few are very long.
        case slowTail(LatencyTail)
        case lateTail(LatencyTail)
        /// The connection is cut, nothing is changed.
        case dropBeforeCommit
        /// It is carried out and the connection is cut.
        case dropAfterCommit
        /// It is carried out, no answer comes, and the connection stays open until the client gives up.
        case halfOpen
        /// It is carried out twice, as by a gateway that sends again; the second answer counts.
        case duplicate
        /// Carried out; the connection is cut in the middle of the answer's body.
        case truncated
        /// Carried out; blanks make the answer's body this many bytes long.
        case oversized(Int)
        /// Carried out; a web page stands in place of the answer's body.
        case html
        /// Carried out; the right body calls itself plain text.
        case wrongContentType

        /// Whether it can strike the opening of a stream: cut after the commit, it opens and is cut at once.
        var strikesStreams: Bool {
            switch self {
            case .status, .slow, .late, .slowWithin, .lateWithin, .slowTail, .lateTail, .dropBeforeCommit,
                .dropAfterCommit, .halfOpen:
                true
            case .expire, .code, .redirect, .duplicate, .truncated, .oversized, .html, .wrongContentType: false
            }
        }
    }

    /// When a fault strikes, counted in requests of its route since it was injected.
    package enum Moment: Sendable, Equatable {
        /// The first is 1.
        case number(Int)
        case always
        /// Each with this chance in percent.
        case chance(Int)
    }

    package let kind: Kind
    /// Nil: any route.
    package let route: CloudRoute?
    package let moment: Moment

    package init(_ kind: Kind, at route: CloudRoute? = nil, _ moment: Moment = .number(1)) {
        self.kind = kind
        self.route = route
        self.moment = moment
    }

    /// Whether requests of the route count for it. Without a route of its own it waits for one that it can strike.
    func concerns(_ route: CloudRoute) -> Bool {
        self.route ?? route == route && (route != .stream || kind.strikesStreams)
    }
}
