// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import MintmarkCore
import MintmarkLedger

/// Which part of a ledger a command takes.
struct FilterOptions: ParsableArguments {
    @Option(help: "From this day or time on: 2026-03-17, or 2026-03-17T09:30:00Z (UTC).", transform: UTCMoment.init)
    var since: UTCMoment?
    @Option(help: "Up to this day, all of it, or this time.", transform: UTCMoment.init) var until: UTCMoment?
    @Option(help: "Only this batch.") var batch: String?
    @Option(help: "Only this unit.", transform: DSN.init) var dsn: DSN?
    @Option(help: "Only runs with this outcome, or units whose last run had it.") var outcome: Outcome?

    var filter: ExportFilter {
        ExportFilter(since: since, until: until, batch: batch, dsn: dsn, outcome: outcome)
    }
}

extension Outcome: ExpressibleByArgument {}
