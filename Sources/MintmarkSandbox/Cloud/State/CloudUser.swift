// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// A person or a station that signs in. Belongs to exactly one tenant.
package struct CloudUser: Sendable {
    package let email: String
    package let password: SharedSecret
    package let oemID: String
    /// In the order of their granting.
    package internal(set) var roles: [CloudRole]
    /// RFC 9562 text.
    package let uuid: String
    /// Failed sign-ins in a row, and the end of the lock that the fifth brought (seconds since 1970).
    var failures = 0
    var lockedUntil: Int64 = 0

    package init(email: String, password: SharedSecret, oemID: String, roles: [CloudRole], uuid: String) {
        self.email = email
        self.password = password
        self.oemID = oemID
        self.roles = roles
        self.uuid = uuid
    }
}
