// SPDX-License-Identifier: Apache-2.0

/// Something that goes wrong with a request: what, on which route, how often.
package struct CloudFault: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        /// The request's access token has just expired.
        case expireToken
        /// 422 of the factory service, `AFS-600` to `AFS-608`; nothing is changed.
        case factoryError(String)
        /// This status; nothing is changed. `retryAfter` in seconds stands in the header of that name.
        case status(Int, retryAfter: Int?)
        /// The request waits before it is carried out; milliseconds.
        case slow(Int)
        /// It is carried out at once, and the answer waits; milliseconds.
        case late(Int)
        /// The connection is cut, nothing is changed.
        case dropBeforeCommit
        /// It is carried out and the connection is cut.
        case dropAfterCommit
        /// Carried out; the connection is cut in the middle of the answer's body.
        case truncated
        /// Carried out; blanks make the answer's body this many bytes long.
        case oversized(Int)
        /// Carried out; a web page stands in place of the answer's body.
        case html
        /// Carried out; the right body calls itself plain text.
        case wrongContentType
    }

    package let kind: Kind
    /// Nil: on every route of the services.
    package let route: CloudRoute?
    /// Chance for each request, in percent.
    package let percent: Int
    /// How many requests it hits at most; nil: all until it is cleared.
    package internal(set) var count: Int?

    package init(_ kind: Kind, on route: CloudRoute? = nil, count: Int? = nil, percent: Int = 100) {
        self.kind = kind
        self.route = route
        self.count = count
        self.percent = percent
    }
}
