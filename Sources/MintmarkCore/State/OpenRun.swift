// SPDX-License-Identifier: Apache-2.0

/// A run that has no result: its process ended in the middle.
package struct OpenRun: Sendable, Equatable {
    /// UUIDv7.
    package let run: String
    package let slot: String?
    package let opened: RunOpen
    /// The unit, once the run had read it; with its DSN, once it had one.
    package let unit: UnitRecord?
    package let hasWritten: Bool
    /// Microseconds since 1970 UTC.
    package let since: Int64
    package let context: EntryContext

    package init(
        run: String, slot: String?, opened: RunOpen, unit: UnitRecord?, hasWritten: Bool, since: Int64,
        context: EntryContext
    ) {
        self.run = run
        self.slot = slot
        self.opened = opened
        self.unit = unit
        self.hasWritten = hasWritten
        self.since = since
        self.context = context
    }
}
