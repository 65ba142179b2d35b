// SPDX-License-Identifier: Apache-2.0

/// A company's account in the cloud, by its OEM id.
///
/// Source: Ayla developer guide (2019-09), "Accounts".
package struct CloudAccount: Sendable, Hashable, CustomStringConvertible {
    /// The vendor's sandbox account. Whoever fills in the sign-up form of the developer portal becomes an end user of it.
    package static let publicAccount = CloudAccount(oemID: "0dfc7900")

    package let oemID: String

    package init(oemID: String) { self.oemID = oemID }

    package var isPublic: Bool { self == .publicAccount }

    /// `0dfc7900 (the public account)`
    package var description: String { isPublic ? "\(oemID) (the public account)" : oemID }
}
