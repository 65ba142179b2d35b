// SPDX-License-Identifier: Apache-2.0

/// How long a twin is waited for. One set of values, so that a test can make a wait short.
package struct TwinTiming: Sendable, Equatable {
    /// From the unit's test connection until the cloud shows it as online.
    package var connect = Duration.seconds(90)
    /// The longest wait for a connectivity event before the twin is looked at again: an event may be missed.
    package var look = Duration.seconds(5)
    /// A twin that is online gets its template and first values a moment later: so often it is looked at again.
    package var settles = 3
    package var settle = Duration.seconds(1)

    package init() {}
}
