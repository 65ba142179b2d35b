// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// A part of time; without an end on either side it goes on.
package struct Period: Sendable, Equatable {
    /// Microseconds since 1970 UTC.
    package let since: Int64?
    /// The first moment that is not taken.
    package let until: Int64?

    package init(since: UTCMoment? = nil, until: UTCMoment? = nil) {
        self.since = since?.start
        self.until = until?.end
    }

    func contains(_ time: Int64) -> Bool { time >= since ?? .min && time < until ?? .max }

    /// A condition on a column of times, for a statement whose first two values are `since` and `until`.
    static func condition(_ column: String) -> String {
        "(?1 IS NULL OR \(column) >= ?1) AND (?2 IS NULL OR \(column) < ?2)"
    }
}
