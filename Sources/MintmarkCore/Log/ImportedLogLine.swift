// SPDX-License-Identifier: Apache-2.0

/// One line of a manufacturing log that came from outside, with what it says. The Wi-Fi setup key of format 4 is not kept.
package struct ImportedLogLine: Sendable, Equatable {
    /// From 1.
    package let number: Int
    package let format: ManufacturingLogFormat
    package let record: ManufacturingRecord
    /// Field 3 as it stands, the time as text.
    package let timestamp: String
    /// False for the short form of format 3, whose writers leave field 17 out.
    package let hasFirmware: Bool
    package let hasSetupKey: Bool
    /// Bytes without the line end.
    package let length: Int
    /// What is odd about the line, though it can be read.
    package let remarks: [String]

    /// One field that the line and a record tell differently.
    package struct Difference: Sendable, Equatable {
        /// Name in docs/reference/manufacturing-log.md.
        package let field: String
        /// As the line has it; empty when the field is.
        package let log: String
        package let ledger: String

        package init(_ field: String, log: String, ledger: String) {
            (self.field, self.log, self.ledger) = (field, log, ledger)
        }
    }

    /// What differs from a record, field by field, in the line's order.
    ///
    /// Fields that the line's form does not have are not compared. A comment may be the begin of the record's: writers
    /// cut it to the length of a line. The time as text is held against the line's own time, so that a wrong time is one
    /// difference and not two.
    package func differences(from other: ManufacturingRecord) -> [Difference] {
        let ours = ManufacturingLogLine.fields(other)
        let count = format == .v2 ? 11 : hasFirmware ? 16 : 15
        var differences: [Difference] = []
        for (index, theirs) in ManufacturingLogLine.fields(record).prefix(count).enumerated() {
            let name = ManufacturingLogLine.names[index]
            switch name {
            case "timestamp":
                if timestamp != theirs { differences.append(Difference(name, log: timestamp, ledger: ours[index])) }
            case "extra" where mayBeCut && ours[index].hasPrefix(theirs): break
            default:
                if theirs != ours[index] { differences.append(Difference(name, log: theirs, ledger: ours[index])) }
            }
        }
        return differences
    }

    /// A cut ends between two characters, so up to three bytes may be missing from the greatest length.
    private var mayBeCut: Bool { length >= ManufacturingLogLine.maximumLength - 3 }
}
