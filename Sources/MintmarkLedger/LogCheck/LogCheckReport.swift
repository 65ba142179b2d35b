// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// The counts of a comparison of a manufacturing log with the ledger.
package struct LogCheckReport: Sendable, Equatable {
    package internal(set) var lines = 0
    package internal(set) var agreeing = 0
    package internal(set) var differing = 0
    package internal(set) var withoutRun = 0
    package internal(set) var repeating = 0
    package internal(set) var unreadable = 0
    package internal(set) var runsWithoutLine = 0
    /// Lines with a status that only other stations write. They are not compared.
    package internal(set) var ofOthers: [ManufacturingRecord.Status: Int] = [:]
    /// Lines that hold a Wi-Fi setup key.
    package internal(set) var setupKeys = 0

    /// The log tells what the ledger tells, no more and no less.
    package var isAgreeing: Bool { differing + withoutRun + repeating + unreadable + runsWithoutLine == 0 }
}
