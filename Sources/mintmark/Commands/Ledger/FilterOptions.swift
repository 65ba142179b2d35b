// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import MintmarkCore
import MintmarkLedger

/// Which part of a ledger a command takes.
struct FilterOptions: ParsableArguments {
    @OptionGroup var time: PeriodOptions
    @Option(help: "Only this batch.") var batch: String?
    @Option(help: "Only this unit.", transform: DSN.init) var dsn: DSN?
    @Option(help: "Only runs with this outcome, or units whose last run had it.") var outcome: Outcome?

    var filter: ExportFilter {
        ExportFilter(period: time.period, batch: batch, dsn: dsn, outcome: outcome)
    }
}

extension Outcome: ExpressibleByArgument {}
