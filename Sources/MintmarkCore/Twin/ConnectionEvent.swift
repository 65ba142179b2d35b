// SPDX-License-Identifier: Apache-2.0

/// One change of a device's connection status.
package struct ConnectionEvent: Sendable, Equatable {
    /// ISO 8601, as sent.
    package var time: String
    /// `Online`, `PollingOnline`, `Initializing`, `Offline`, or a word that is not known yet.
    package var status: String

    package init(time: String, status: String) {
        self.time = time
        self.status = status
    }
}
