// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// The runs of one unit in their order, also when they stand in the ledgers of several stations.
package struct UnitStory: Sendable {
    package struct Chapter: Sendable {
        package let station: String
        package let kind: StationKind
        /// Microseconds since 1970 UTC.
        package let opened: Int64
        package let slot: String?
        package let run: String
        package let isDryRun: Bool
        /// Nil while the run is open.
        package var result: RunResult?
        /// What the comparison of its digital twin came to; `verify` runs only.
        package var checked: TwinChecked?
    }

    package private(set) var chapters: [Chapter] = []

    package init() {}

    /// Adds what one ledger knows of the unit.
    package mutating func add(_ history: UnitHistory) throws(MintmarkError) {
        var found: [Chapter] = []
        for entry in history.entries {
            guard let run = entry.context.run else { continue }
            let index = found.firstIndex { $0.run == run }
            switch entry.type {
            case .runOpen:
                let opened = try entry.payload(RunOpen.self)
                found.append(
                    Chapter(
                        station: entry.stamp.station, kind: opened.kind, opened: entry.stamp.time,
                        slot: entry.context.slot, run: run, isDryRun: opened.isDryRun))
            case .runResult: if let index { found[index].result = try entry.payload(RunResult.self) }
            case .twinChecked: if let index { found[index].checked = try entry.payload(TwinChecked.self) }
            default: continue
            }
        }
        chapters = (chapters + found).sorted { ($0.opened, $0.run) < ($1.opened, $1.run) }
    }
}
