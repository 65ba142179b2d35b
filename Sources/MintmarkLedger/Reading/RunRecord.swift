// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// One attempt, as `run` of the projections keeps it.
package struct RunRecord: Sendable, Equatable {
    /// UUIDv7.
    package let run: String
    /// µs since 1970 UTC.
    package let opened: Int64
    package let slot: String?
    package let kind: StationKind
    package let region: String
    package let isDryRun: Bool
    package let actor: String
    package let batch: String?
    /// Hardware name of the unit, once it was known.
    package let unit: String?
    /// Nil while the run is open.
    package let outcome: Outcome?
    package let error: String?
    /// µs.
    package let took: Int64?
}
