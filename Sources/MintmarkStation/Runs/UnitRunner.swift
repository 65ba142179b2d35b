// SPDX-License-Identifier: Apache-2.0
internal import Logging
internal import MintmarkCore
internal import MintmarkDevices

/// Takes one unit through one run: makes each event durable, asks the run what follows, does it.
struct UnitRunner {
    let station: Station
    let order: ProvisionOrder
    let slot: String
    private let run: String
    private let started: Deadline
    private var context: EntryContext
    /// Results of steps that wait for the next commit; a step's result needs no commit of its own.
    private var results: [EntryDraft] = []
    private var assigned: AssignedIdentity?
    private var claimed: UnitIdentity?
    /// Its DSN was given in a part of the log that is lost.
    private var wasLost = false
    private var failure: MintmarkError?

    init(station: Station, order: ProvisionOrder, slot: String) {
        self.station = station
        self.order = order
        self.slot = slot
        run = UUIDv7.make(wall: station.outside.clock.wall)
        started = station.outside.clock.now
        context = EntryContext(
            actor: order.actor, run: run, slot: slot, batch: order.batch, carton: order.carton,
            template: station.file.template.digest)
    }

    /// - Throws: `.ledgerFault` and its like: without a ledger there is no result; `.outboxFull` before the run begins.
    ///   All else ends in the report.
    mutating func perform(on port: any SerialPort) async throws -> RunReport {
        let file = station.file
        let opened = EntryDraft(
            RunOpen(
                kind: file.kind, template: file.template.name, deployment: file.environment.deployment.rawValue,
                region: file.environment.region.rawValue, isDryRun: order.isDryRun), by: context)
        try await station.outside.ledger.commit { [station, order] state in
            if !order.isDryRun, let refusal = try station.offlineRefusal(state) { throw refusal }
            return Decision([opened])
        }
        station.outside.tell(.runOpened(slot: slot, run: run))
        let talk = try station.talk(port: port, isDryRun: order.isDryRun, transcript: Transcript(start: started))
        defer { if let claimed { station.active.release(claimed) } }
        let outcome = try await follow(talk.dialog)
        return try await close(outcome, talk)
    }

    private mutating func follow(_ dialog: any UnitDialog) async throws -> Outcome {
        var unitRun = UnitRun(plan: dialog.plan)
        var event = UnitRun.Event.unitSeen
        while true {
            switch unitRun.apply(event) {
            case .finish(let outcome): return outcome
            case .unexpected:
                station.outside.logger.error("event does not fit state", metadata: ["run.id": "\(run)"])
                return .error
            case .perform(let index):
                station.outside.tell(
                    .stepStarted(
                        slot: slot, run: run, step: dialog.plan[index].name, number: index + 1, of: dialog.plan.count))
                event = try await perform(
                    dialog.plan[index], of: dialog, asksFirst: asksFirst(index, dialog.plan))
            }
        }
    }

    /// Whether this is the first step for which the ledger is asked.
    private func asksFirst(_ index: Int, _ plan: [PlannedStep]) -> Bool {
        plan[index].needsLeave && !plan[..<index].contains(where: \.needsLeave)
    }

    /// One step: intent, act, result. A fault of the ledger is thrown, everything else is an event.
    private mutating func perform(
        _ step: PlannedStep, of dialog: any UnitDialog, asksFirst: Bool
    ) async throws -> UnitRun.Event {
        if asksFirst, let contradiction = station.outside.contradiction.error {
            // Nothing of it is on the unit yet, and this ledger may have given the DSN before.
            failure = contradiction
            return .stepRefused(contradiction.code.outcome)
        }
        do {
            if asksFirst { try await authorize(dialog) }
            if step.writes != .nothing {
                try await commit([EntryDraft(StepIntent(step: step.name, writes: step.writes), by: context)])
            }
        } catch {
            let error = error.asMintmark
            guard error.code.exitStatus != .ledgerFault else { throw error }
            failure = error
            // The step was not begun.
            return .stepRefused(error.code.outcome)
        }
        do {
            try await withTaskExecutorPreference(station.outside.dialogExecutor) { try await dialog.perform(step) }
            if let identity = dialog.facts.identity { try claim(identity) }
            note(step, .done)
            return .stepPassed
        } catch {
            let error = error.asMintmark
            failure = error
            if let identity = dialog.facts.identity { context.unit = context.unit ?? identity.name }
            note(step, error.code.isConclusive ? .refused : .doubtful, error)
            return error.code.isConclusive ? .stepRefused(error.code.outcome) : .stepBroken(error.code.outcome)
        }
    }

    private mutating func note(_ step: PlannedStep, _ result: StepResult.Result, _ error: MintmarkError? = nil) {
        guard step.writes != .nothing else { return }
        results.append(
            EntryDraft(StepResult(step: step.name, result: result, error: error?.code.rawValue), by: context))
    }

    /// Two slots never work on one identity at the same time.
    private mutating func claim(_ identity: UnitIdentity) throws(MintmarkError) {
        context.unit = identity.name
        guard claimed == nil else { return }
        try station.active.claim(identity)
        claimed = identity
    }

    /// Asks the ledger whether this unit may be written to and what it is given; durable before the first byte.
    private mutating func authorize(_ dialog: any UnitDialog) async throws {
        guard let identity = dialog.facts.identity else { return }
        let policy = UnitPolicy(
            kind: station.file.kind, template: station.file.template, identity: identity,
            firmware: dialog.facts.firmware, isLocked: dialog.facts.mode == station.file.kind.finalMode,
            context: context)
        let verdict = try await station.outside.ledger.commit { state in
            let verdict = try policy.decide(state)
            return Decision(verdict.entries, verdict)
        }
        assigned = verdict.assigned
        wasLost = verdict.entries.contains { $0.body is DSNReconciled }
        if let assigned {
            context.unit = assigned.dsn.description
            dialog.take(assigned)
        }
        if verdict.isWritten { dialog.finish() }
    }

    private mutating func close(
        _ outcome: Outcome, _ talk: Station.UnitTalk
    ) async throws -> RunReport {
        let (dialog, setupKey, checked) = (talk.dialog, talk.setupKey, talk.verify?.checked)
        var record = self.record(outcome, dialog.facts)
        record.connected = talk.verify?.isConnected
        var transcript = dialog.transcript
        transcript.remark("outcome \(outcome.rawValue)\(failure.map { ": \($0.what)" } ?? "")")
        let digest = try station.outside.transcripts.keep(transcript.bytes, run: run)
        let took = (station.outside.clock.now - started).components
        let result = RunResult(
            outcome: outcome, error: outcome == .pass ? nil : failure?.code.rawValue,
            text: outcome == .pass ? nil : failure?.what,
            took: took.seconds * 1_000_000 + took.attoseconds / 1_000_000_000_000, transcript: digest, record: record)
        context.unit = record.dsn?.description ?? context.unit
        var request: String?
        if outcome == .pass, !order.isDryRun, let registration = station.registration(of: record, setupKey: setupKey) {
            let id = UUIDv7.make(wall: station.outside.clock.wall)
            if let setupKey { try station.outside.setupKeys.put(setupKey, id) }
            request = id
            results.append(EntryDraft(RegisterIntent(request: id, registration: registration), by: context))
        }
        if outcome == .pass, let assigned {
            results.insert(EntryDraft(DSNWritten(dsn: assigned.dsn), by: context), at: 0)
        }
        // A unit that is set aside already stays so, for the reason it has.
        if outcome == .indeterminate, failure?.code != .unitQuarantined {
            let reason = failure?.what ?? "the run broke off"
            // A run that a person broke off is like one that a power cut broke off: the next run reads the unit back.
            let isInterrupted = failure?.code == .interrupted
            results.append(
                EntryDraft(
                    UnitQuarantine(dsn: record.dsn, reason: reason, isInterrupted: isInterrupted), by: context))
        }
        let checks = checked.map { [EntryDraft($0, by: context)] } ?? []
        let sandbox = await station.outside.devices?.sandboxHost
        record.time = try await commitEnd(checks + [EntryDraft(result, by: context)], sandbox: sandbox)
        if let request { await station.outbox.submit(request, looksFirst: wasLost) }
        let report = RunReport(
            slot: slot, run: run, outcome: outcome,
            error: outcome == .pass ? nil : failure?.at(slot: slot, dsn: record.dsn), record: record,
            request: request, took: result.took, findings: checked?.findings ?? [])
        station.outside.tell(.runFinished(report))
        return report
    }

    /// Dated when it is committed.
    private func record(_ outcome: Outcome, _ facts: UnitFacts) -> ManufacturingRecord {
        let (file, identity) = (station.file, facts.identity)
        var record = ManufacturingRecord(time: 0, status: station.status(isDryRun: order.isDryRun))
        record.errCode = outcome == .pass ? 0 : failure?.errCode ?? 99
        record.extra = outcome == .pass ? nil : failure?.what
        record.model = identity?.model ?? file.template.moduleModel
        record.dsn = assigned?.dsn ?? identity?.dsn
        record.mac = identity?.mac
        record.hwsig = identity?.hwsig
        record.mfgModel = identity?.mfgModel ?? file.template.mfgModel
        record.mfgSerial = assigned?.mfgSerial ?? identity?.mfgSerial
        if file.kind != .label {
            record.oemID = file.oemID
            record.oemModel = file.template.oemModel
            record.odm = file.template.odm
            record.firmware = facts.firmware.map { "bc \($0)" }
        }
        return record
    }

    private mutating func commit(_ entries: [EntryDraft]) async throws {
        let all = inOrder(entries)
        try await station.outside.ledger.commit { _ in Decision(all) }
    }

    /// The end of the run. Its entries get their date inside the commit: a clock that is set dates nothing by what it
    /// showed before.
    ///
    /// Returns the date, seconds since 1970 UTC.
    private mutating func commitEnd(_ entries: [EntryDraft], sandbox: String?) async throws -> Int64 {
        let (all, by, outside) = (inOrder(entries), context, station.outside)
        return try await outside.ledger.commit { state in
            let date = try outside.date(state)
            let dated = all.map { $0.dated(date) }
            // The first answer of a sandbox is written down, once for the ledger's life.
            guard let sandbox, try !state.hasSandboxMark() else { return Decision(dated, date) }
            return Decision([EntryDraft(SandboxMark(host: sandbox), by: by)] + dated, date)
        }
    }

    /// Results that wait go first: what happened stands before what follows from it.
    private mutating func inOrder(_ entries: [EntryDraft]) -> [EntryDraft] {
        defer { results = [] }
        return results.filter { $0.body is StepResult } + entries + results.filter { !($0.body is StepResult) }
    }
}

extension EntryDraft {
    /// With this date, in seconds since 1970 UTC, where it carries one.
    fileprivate func dated(_ seconds: Int64) -> EntryDraft {
        if var result = body as? RunResult {
            result.record.time = seconds
            return EntryDraft(result, by: context)
        }
        if var intent = body as? RegisterIntent {
            intent.registration.domAt = seconds
            return EntryDraft(intent, by: context)
        }
        return self
    }
}
