// SPDX-License-Identifier: Apache-2.0

/// How far a mirror is behind its ledger.
package struct MirrorLag: Sendable, Equatable {
    /// Entries in the ledger.
    package let entries: Int64
    /// Of those, the ones that the mirror has on its disk.
    package let mirrored: Int64
    /// Age of the first entry that it lacks; 0 when it lacks none.
    package let seconds: Int64

    package init(entries: Int64, mirrored: Int64, seconds: Int64) {
        self.entries = entries
        self.mirrored = mirrored
        self.seconds = seconds
    }

    package var missing: Int64 { entries - mirrored }

    package var description: String {
        missing == 0
            ? "the mirror has all \(entries) entries"
            : "the mirror lacks \(missing) of \(entries) entries, the oldest \(seconds) s old"
    }
}
