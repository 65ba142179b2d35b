// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// What a comparison of a manufacturing log with the ledger found, or asks a person to look at.
package enum LogFinding: Sendable, Equatable {
    /// The line and its run tell different things.
    case differs(ImportedLogLine, LoggedRun, [ImportedLogLine.Difference])
    /// The ledger has no run for the line.
    case noRun(ImportedLogLine)
    /// The line tells of a run that an earlier line told of.
    case repeats(ImportedLogLine, LoggedRun, line: Int)
    /// Nobody can say what the line means.
    case unreadable(line: Int, what: String)
    /// The ledger has a run that no line tells of.
    case noLine(LoggedRun)
    /// Odd, but no difference.
    case remark(line: Int, what: String)
}
