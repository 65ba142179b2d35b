// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import MintmarkCore
import MintmarkLedger

/// Which part of time a command takes.
struct PeriodOptions: ParsableArguments {
    @Option(help: "From this day or time on: 2026-03-17, or 2026-03-17T09:30:00Z (UTC).", transform: UTCMoment.init)
    var since: UTCMoment?
    @Option(help: "Up to this day, all of it, or this time.", transform: UTCMoment.init) var until: UTCMoment?

    var period: Period { Period(since: since, until: until) }
}
