// SPDX-License-Identifier: Apache-2.0

/// The newest requests, oldest first, and how many older ones were let go.
package struct CloudJournal: Sendable {
    package static let limit = 100_000

    package private(set) var entries: [CloudJournalEntry] = []
    package private(set) var dropped = 0

    init() {}

    /// Requests of this route, or of every route; for one DSN, or for any.
    package func entries(_ route: CloudRoute?, dsn: String? = nil) -> [CloudJournalEntry] {
        entries.filter { (route == nil || $0.route == route) && (dsn == nil || $0.dsn == dsn) }
    }

    var nextNumber: Int { dropped + entries.count + 1 }

    mutating func append(_ entry: CloudJournalEntry) {
        if entries.count == Self.limit {
            entries.removeFirst(Self.limit / 10)
            dropped += Self.limit / 10
        }
        entries.append(entry)
    }
}
