// SPDX-License-Identifier: Apache-2.0

/// What is known of SQLite's releases.
enum SQLiteRelease {
    /// Whether two connections that write or checkpoint at once can damage a WAL file: 3.7.0 to 3.51.2, but for 3.50.7
    /// and later 3.50, 3.44.6 and later 3.44. A text that is no version counts as one of them.
    ///
    /// Source: SQLite, "Write-Ahead Logging", the WAL-reset bug; release log of 3.51.3 (2026-03-13).
    static func hasResetRace(_ version: String) -> Bool {
        let parts = version.split(separator: ".").map { Int($0) }
        guard parts.count >= 3, let major = parts[0], let minor = parts[1], let patch = parts[2] else { return true }
        guard major == 3 else { return false }
        return switch minor {
        case ..<7: false
        case 44: patch < 6
        case 50: patch < 7
        case 51: patch < 3
        default: minor < 51
        }
    }
}
