// SPDX-License-Identifier: Apache-2.0

/// A signed-in user's pair of tokens. Times are seconds since 1970.
struct CloudSession: Sendable {
    let email: String
    let accessToken: String
    let refreshToken: String
    var accessExpires: Int64
    /// Nil: lives until sign-out or use.
    let refreshExpires: Int64?
}
