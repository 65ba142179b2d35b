// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

extension Station {
    /// Takes into the ledger what the old machine's ledger, found again, says of the end that its mirror lacked, in one
    /// commit. What a unit in a slot showed meanwhile stands; where the two do not fit, nothing is taken.
    ///
    /// - Returns: how many DSNs were found, and those whose units have another one here.
    package func reconcile(_ end: LostEnd, actor: String) async throws -> (found: Int, conflicts: [DSN]) {
        let context = EntryContext(actor: actor)
        return try await outside.ledger.commit { state in
            var conflicts: [DSN] = []
            var entries: [EntryDraft] = []
            for body in end.reserved where try state.dsn(body.dsn) == nil {
                entries.append(EntryDraft(body, by: context.about(body.dsn.description)))
            }
            var found: [DSN: DSNRecord.State] = [:]
            for body in end.found {
                // Nil: it is among those above.
                guard try state.dsn(body.dsn)?.state ?? .unknown == .unknown else { continue }
                guard try Self.fits(body, state) else {
                    conflicts.append(body.dsn)
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
            return Decision(entries, (found.count, conflicts))
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
