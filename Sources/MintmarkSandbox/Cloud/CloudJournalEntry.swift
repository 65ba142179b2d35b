// SPDX-License-Identifier: Apache-2.0

/// One request as the virtual cloud saw it.
package struct CloudJournalEntry: Sendable, Equatable {
    package let route: CloudFault.Route
    package let path: String
    /// 0: the connection was closed without an answer.
    package let status: Int
}
