// SPDX-License-Identifier: Apache-2.0

/// A registration without a final badge.
package struct PendingRegistration: Sendable, Equatable {
    /// UUIDv7 of the registration.
    package let request: String
    package let registration: Registration
    /// Whether an earlier attempt may have reached the cloud: it is looked up before it is sent.
    package let isUnknown: Bool
    /// Sequence number of the intent.
    package let intent: Int64
    /// Microseconds since 1970 UTC.
    package let since: Int64
    package let context: EntryContext
    /// Whether nobody vouched for the clock that gave its date of manufacture.
    package let isDateUnsure: Bool

    package init(
        request: String, registration: Registration, isUnknown: Bool, intent: Int64, since: Int64,
        context: EntryContext, isDateUnsure: Bool = false
    ) {
        self.request = request
        self.registration = registration
        self.isUnknown = isUnknown
        self.intent = intent
        self.since = since
        self.context = context
        self.isDateUnsure = isDateUnsure
    }
}
