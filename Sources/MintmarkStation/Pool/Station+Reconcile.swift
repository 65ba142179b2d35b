// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

extension Station {
    /// Takes into the ledger what the old machine's ledger, found again, says of the end that its mirror lacked, in one
    /// commit. What a unit in a slot showed meanwhile stands; where the two do not fit, nothing is taken, and a person
    /// must look: two units may have one DSN.
    package func reconcile(_ end: LostEnd, actor: String) async throws -> Reconciliation {
        let context = EntryContext(actor: actor)
        return try await outside.ledger.commit { state in
            var outcome = Reconciliation()
            var entries: [EntryDraft] = []
            for body in end.reserved where try state.dsn(body.dsn) == nil {
                entries.append(EntryDraft(body, by: context.about(body.dsn.description)))
                outcome.reserved += 1
            }
            var found: [DSN: DSNRecord.State] = [:]
            for body in end.found {
                // Nil: it is among those above.
                if let here = try state.dsn(body.dsn), here.state != .unknown {
                    if try !Self.agrees(body, with: here, state) { outcome.conflicts.append(.settled(body, here)) }
                    continue
                }
                guard try Self.fits(body, state) else {
                    outcome.conflicts.append(.unsettled(body))
                    continue
                }
                found[body.dsn] = body.state
                entries.append(EntryDraft(body, by: context.about(body.dsn.description)))
            }
            for pending in end.registrations {
                let dsn = pending.registration.dsn
                let isOfPool = try state.dsn(dsn) != nil || end.reserved.contains { $0.dsn == dsn }
                let isWritten = found[dsn] == .written || found[dsn] == .registered
                guard isWritten || !isOfPool, try state.lastRegistration(of: dsn) == nil else { continue }
                let intent = RegisterIntent(request: pending.request, registration: pending.registration)
                entries.append(EntryDraft(intent, by: context.about(dsn.description)))
            }
            outcome.found = found.count
            return Decision(entries, outcome)
        }
    }

    /// Whether what is known here can have come of what the old ledger says: the same unit, or nobody.
    private static func agrees(
        _ body: DSNReconciled, with here: DSNRecord, _ state: any LedgerState
    ) throws -> Bool {
        switch body.state {
        case .free, .unknown: return true
        case .burned, .returned: return here.state == .burned || here.state == .returned
        case .assigned, .written, .registered, .quarantined, .transferred:
            guard let mac = body.mac else { return here.state == body.state }
            guard let unit = try state.unit(hwsig: body.hwsig, mac: mac) else { return false }
            return here.unit == unit.hardware || here.burnedOn == unit.hardware
        }
    }

    /// Whether unit and DSN have nobody else here.
    private static func fits(_ body: DSNReconciled, _ state: any LedgerState) throws -> Bool {
        let holder = try state.unit(dsn: body.dsn)
        guard let mac = body.mac else { return holder == nil || body.state != .free }
        let unit = try state.unit(hwsig: body.hwsig, mac: mac)
        let isSame = unit == nil || unit?.mac == mac && (unit?.hwsig == nil || unit?.hwsig == body.hwsig)
        return isSame && (unit?.dsn == nil || unit?.dsn == body.dsn)
            && (holder == nil || holder?.hardware == unit?.hardware)
    }
}
