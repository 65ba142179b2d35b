// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

extension Station {
    /// Settles what an earlier process left open: runs without a result and reserves without an answer.
    ///
    /// A run that may have written ends `indeterminate`: its unit is set aside with the DSN it has until a run reads it
    /// back and goes on from there. A reserve without an answer may have taken DSNs that we do not know.
    package func recover() async throws {
        let wall = outside.clock.wall
        let status = status(isDryRun: false)
        let settled = try await outside.ledger.commit { [outside] state in
            var entries: [EntryDraft] = []
            let date = try outside.date(state)
            let runs = try state.openRuns()
            for run in runs { entries += Self.settle(run, status: status, wall: wall, date: date) }
            let reserves = try state.openReserves()
            for reserve in reserves {
                let reason = "the station stopped before the answer came"
                entries.append(
                    EntryDraft(
                        DSNUnknown(
                            request: reserve.request, model: reserve.model, count: reserve.count, reason: reason),
                        by: EntryContext(actor: "recovery")))
            }
            return Decision(entries, (runs: runs, reserves: reserves.count))
        }
        for run in settled.runs { outside.tell(.notice(Self.notice(run))) }
        if settled.reserves > 0 {
            outside.tell(
                .notice(
                    "\(settled.reserves) reserve requests of an earlier session had no answer; their DSNs are unknown"))
        }
    }

    private static func notice(_ run: OpenRun) -> String {
        let place = "the run of \(UTCTime.isoText(seconds: run.since / 1_000_000)) in slot \(run.slot ?? "?")"
        guard let unit = run.unit, run.hasWritten else { return "\(place) had no end; nothing was written" }
        return
            "\(place) had no end; unit \(unit.dsn?.description ?? unit.hardware) must be read back: put it into a slot"
    }

    private static func settle(
        _ run: OpenRun, status: ManufacturingRecord.Status, wall: Int64, date: Int64
    ) -> [EntryDraft] {
        let outcome = run.hasWritten ? Outcome.indeterminate : .error
        let reason = "the station stopped in the middle of the run"
        var record = ManufacturingRecord(
            time: date, status: run.opened.isDryRun && status == .config ? .configTest : status, errCode: 99
        )
        record.dsn = run.unit?.dsn
        record.mac = run.unit?.mac
        record.hwsig = run.unit?.hwsig
        record.extra = reason
        var context = run.context
        context.unit = run.unit?.dsn?.description ?? run.unit?.hardware ?? context.unit
        var entries = [
            EntryDraft(
                RunResult(
                    outcome: outcome, error: MintmarkError.Code.stationFault.rawValue, text: reason,
                    took: max(0, wall - run.since), transcript: nil, record: record), by: context)
        ]
        if outcome == .indeterminate, run.unit != nil {
            entries.append(
                EntryDraft(UnitQuarantine(dsn: run.unit?.dsn, reason: reason, isInterrupted: true), by: context))
        }
        return entries
    }
}
