// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// A run that the manufacturing log tells of.
package struct LoggedRun: Sendable, Equatable {
    /// Number of its entry `run.open`.
    package let opened: Int64
    /// UUIDv7.
    package let run: String
    package let region: String
    /// What the log's line says.
    package let record: ManufacturingRecord
}
