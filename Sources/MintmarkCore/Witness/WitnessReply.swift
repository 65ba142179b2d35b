// SPDX-License-Identifier: Apache-2.0

/// What a witness answered, as it came: whether it is worth anything is for whoever knows its key.
package struct WitnessReply: Sendable, Equatable {
    /// HTTP status.
    package let status: Int
    package let body: String

    package init(status: Int, body: String) {
        self.status = status
        self.body = body
    }
}
