// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore
internal import MintmarkDevices

extension Station {
    /// Ends the quarantine of the unit in `slot`, if what it shows allows it: reads it back, compares it with the
    /// ledger (and with the cloud where its registration is in doubt) and records who decided what and why.
    ///
    /// With `burns` its DSN is given up instead, whatever the unit shows.
    ///
    /// - Throws: `.refused` when the unit is not set aside, or its DSN cannot be burned; `.identityInUse` when it shows
    ///   a part of another unit's identity; what the port, the unit and the cloud end in. Nothing is recorded then.
    package func resolve(slot name: String, reason: String, burns: Bool, actor: String) async throws -> Resolution {
        let reason = try Self.reason(reason)
        try checkUncontradicted()
        var readBack = try await look(in: try slot(named: name))
        let asked = readBack
        let (unit, sent) = try await outside.ledger.read { state in
            let unit = try Self.setAside(asked, state)
            return (unit, try unit.dsn.flatMap { try state.lastRegistration(of: $0) })
        }
        var differences: [String] = []
        if let sent, unit.badge == .quarantined || unit.badge == .unknown {
            (readBack.cloud, differences) = try await compare(sent.registration)
        }
        let policy = ResolvePolicy(
            kind: file.kind, oemID: file.oemID, template: file.template, readBack: readBack,
            cloudDifferences: differences)
        let again = unit.badge == .quarantined ? sent : nil
        let request = again.map { _ in UUIDv7.make(wall: outside.clock.wall) }
        if let again, let request, let key = try outside.setupKeys.take(again.request) {
            try outside.setupKeys.put(key, request)
        }
        let context = EntryContext(actor: actor, unit: unit.dsn?.description ?? unit.hardware, slot: name)
        let resolution: Resolution
        do {
            resolution = try await outside.ledger.commit { state in
                try Self.decide(policy, reason: reason, burns: burns, again: again, request: request, context, state)
            }
        } catch {
            if let request { try outside.setupKeys.wipe(request) }
            throw error
        }
        // A key waits for one registration; for none when the DSN is given up.
        if let request, resolution.request == nil { try outside.setupKeys.wipe(request) }
        if let sent, resolution.request != nil || resolution.verdict == .burned {
            try outside.setupKeys.wipe(sent.request)
        }
        if let request = resolution.request { await outbox.submit(request) }
        return resolution
    }

    private func look(in slot: SlotConfiguration) async throws -> ReadBack {
        let port = try await outside.openPort(slot)
        do {
            let dialog = BCReadBack(port: port, timing: timing, transcript: Transcript(start: outside.clock.now))
            let seen = try await withTaskExecutorPreference(outside.dialogExecutor) { try await dialog.look() }
            await port.close()
            return seen
        } catch {
            await port.close()
            throw error.asMintmark.at(slot: slot.name)
        }
    }

    private func compare(_ sent: Registration) async throws -> (ReadBack.Cloud, [String]) {
        guard let device = try await outside.service.find(sent.dsn, mac: sent.mac) else { return (.absent, []) }
        let comparison = CloudComparison(of: sent, with: device)
        // A device that only the reserve made says nothing of this unit yet.
        guard comparison.hasLanded else { return (.absent, []) }
        let all = comparison.differences + comparison.missing.map { "\($0): not shown" }
        return (all.isEmpty ? .equal : .different, all)
    }

    /// The unit that shows this, which must be set aside.
    private static func setAside(_ seen: ReadBack, _ state: any LedgerState) throws -> UnitRecord {
        guard let unit = try state.unit(hwsig: seen.hwsig, mac: seen.mac) else {
            throw refusal("the unit in the slot (MAC \(seen.mac)) was never seen by this station")
        }
        guard unit.mac == seen.mac, unit.hwsig == nil || unit.hwsig == seen.hwsig else {
            throw MintmarkError(
                .identityInUse, "the unit in the slot shows a part of the identity of unit \(unit.hardware)",
                next: "Put both units aside and tell the lead: two units must never share an identity.", errCode: 77)
        }
        guard unit.quarantine != nil else {
            throw refusal("unit \(unit.dsn?.description ?? unit.hardware) is not set aside")
        }
        return unit
    }

    private static func decide(
        _ policy: ResolvePolicy, reason: String, burns: Bool, again: PendingRegistration?, request: String?,
        _ context: EntryContext, _ state: any LedgerState
    ) throws -> Decision<Resolution> {
        let seen = policy.readBack
        let unit = try setAside(seen, state)
        var entries: [EntryDraft] = []
        var objections: [String] = []
        var verdict = Resolution.Verdict.burned
        var sent: String?
        if burns {
            guard let dsn = unit.dsn else { throw refusal("unit \(unit.hardware) has no DSN that could be burned") }
            entries = [try burning(dsn, because: reason, readBack: seen, by: context, state)]
        } else {
            objections = policy.objections(to: unit, pooled: try unit.dsn.flatMap { try state.dsn($0) })
            verdict = objections.isEmpty ? .released : .kept
            let body: EntryDraft =
                objections.isEmpty
                ? EntryDraft(UnitRelease(dsn: unit.dsn, reason: reason, readBack: seen), by: context)
                : EntryDraft(
                    UnitQuarantine(dsn: unit.dsn, reason: objections.joined(separator: "; "), readBack: seen),
                    by: context)
            entries = [body]
            if objections.isEmpty, let again, let request {
                sent = request
                entries.append(
                    EntryDraft(RegisterIntent(request: request, registration: again.registration), by: context))
            }
        }
        return Decision(
            entries,
            Resolution(
                slot: context.slot ?? "", hardware: unit.hardware, dsn: unit.dsn, verdict: verdict,
                objections: objections, readBack: seen, request: sent))
    }

    private static func refusal(_ what: String) -> MintmarkError {
        MintmarkError(
            .refused, what, next: "Look it up with `mintmark unit show`; only a unit that is set aside is resolved.")
    }
}
