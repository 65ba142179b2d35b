// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// The `app_id` and `app_secret` pair that a client signs in with.
package struct CloudApp: Sendable {
    package let id: String
    package let secret: SharedSecret

    package init(id: String, secret: SharedSecret) {
        self.id = id
        self.secret = secret
    }
}
