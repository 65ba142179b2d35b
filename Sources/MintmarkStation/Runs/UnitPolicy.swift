internal import MintmarkCore
// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCrypto
internal import MintmarkDevices

/// Whether the unit in a slot may be written to, and what it is given. Decided on the ledger's writer, so that no two
/// slots can be given the same DSN and no unit two.
struct UnitPolicy: Sendable {
    /// Entries to append before the first byte that writes, and what the dialog is handed (`label` only).
    struct Verdict: Sendable {
        var entries: [EntryDraft]
        var assigned: AssignedIdentity?
    }

    let kind: StationKind
    let template: Template
    let identity: UnitIdentity
    let firmware: String?
    /// The unit is past the mode in which this station writes.
    let isLocked: Bool
    let context: EntryContext

    func decide(_ state: any LedgerState) throws -> Verdict {
        let known = try state.unit(hwsig: identity.hwsig, mac: identity.mac)
        if let known { try checkHardware(known) }
        if let dsn = identity.dsn, let holder = try state.unit(dsn: dsn), holder.hardware != identity.hardwareName {
            throw inUse("DSN \(dsn)", by: holder)
        }
        let seen = UnitSeen(mac: identity.mac, hwsig: identity.hwsig, dsn: identity.dsn, firmware: firmware)
        let context = context.about(identity.dsn?.description ?? known?.dsn?.description ?? identity.hardwareName)
        var verdict = Verdict(entries: [EntryDraft(seen, by: context)])
        if let known, known.quarantine != nil {
            let shown = identity.dsn.map { "it shows DSN \($0)" } ?? "it shows no DSN"
            verdict.entries.append(
                EntryDraft(UnitRelease(dsn: known.dsn, reason: "read back in a slot: \(shown)"), by: context))
        }
        switch kind {
        case .label: try label(known, state, context, &verdict)
        case .config: try config(known)
        }
        return verdict
    }

    private func config(_ known: UnitRecord?) throws(MintmarkError) {
        guard let before = known?.dsn, let dsn = identity.dsn, before != dsn else { return }
        throw MintmarkError(
            .identityInUse, "the unit shows DSN \(dsn), this station knows it as \(before)",
            next: "Put the unit aside and tell the lead: a unit must never have two DSNs.", errCode: 66)
    }

    private func label(
        _ known: UnitRecord?, _ state: any LedgerState, _ context: EntryContext, _ verdict: inout Verdict
    ) throws {
        if let dsn = identity.dsn {
            guard let known, known.dsn == dsn, known.outcome != .pass, let record = try state.dsn(dsn) else {
                throw MintmarkError(
                    .alreadyLabelled, "the module is already labelled as \(dsn)",
                    next: "Put the unit aside: it has a DSN.", errCode: 61)
            }
            verdict.assigned = try assigned(
                record, mfgSerial: known.mfgSerial ?? identity.mfgSerial ?? "", isWritten: isLocked)
            return
        }
        if let dsn = known?.dsn, let record = try state.dsn(dsn) {
            verdict.assigned = try assigned(record, mfgSerial: known?.mfgSerial ?? "", isWritten: false)
            return
        }
        guard let record = try state.freeDSN(model: template.moduleModel) else {
            throw Self.poolEmpty(template.moduleModel)
        }
        let (serial, counter, number) = try mfgSerial(state)
        verdict.assigned = try assigned(record, mfgSerial: serial, isWritten: false)
        verdict.entries.append(
            EntryDraft(
                DSNAssigned(
                    dsn: record.dsn, hwsig: identity.hwsig?.description, mac: identity.mac.description,
                    mfgSerial: serial, counter: counter, number: number),
                by: context.about(record.dsn.description)))
    }

    private func mfgSerial(_ state: any LedgerState) throws -> (text: String, counter: String?, number: Int?) {
        switch template.mfgSerialSource {
        case .counter:
            let name = "mfg-serial:\(template.mfgSerialPrefix)"
            let number = try state.counter(name) + 1
            let digits = String(number)
            return (
                template.mfgSerialPrefix + String(repeating: "0", count: max(0, 6 - digits.count)) + digits, name,
                number
            )
        case .unit:
            guard let shown = identity.mfgSerial else {
                throw MintmarkError(
                    .deviceRefused, "the unit shows no mfg_serial, the template takes it from the unit",
                    next: "Put the unit aside: its serial number was not programmed.", errCode: 60)
            }
            return (shown, nil, nil)
        }
    }

    private func assigned(_ record: DSNRecord, mfgSerial: String, isWritten: Bool) throws(MintmarkError)
        -> AssignedIdentity
    {
        let key = try RSAPublicKey(der: record.publicKey)
        return AssignedIdentity(
            dsn: record.dsn, keyFile: Base64.encode(key.pkcs1), mfgSerial: mfgSerial, isWritten: isWritten)
    }

    static func poolEmpty(_ model: String) -> MintmarkError {
        MintmarkError(
            .poolEmpty, "no free DSN for \(model) is left",
            next: "Run `mintmark dsn reserve` or `mintmark dsn import`, then run the unit again.", errCode: 65)
    }

    /// The same hardware signature with another MAC address, or the reverse, is another unit's identity.
    private func checkHardware(_ known: UnitRecord) throws(MintmarkError) {
        guard known.mac == identity.mac else { throw inUse("hardware signature \(known.hardware)", by: known) }
        guard known.hwsig == identity.hwsig else { throw inUse("MAC address \(identity.mac)", by: known) }
    }

    private func inUse(_ what: String, by holder: UnitRecord) -> MintmarkError {
        MintmarkError(
            .identityInUse,
            "\(what) was seen on another unit (\(holder.hardware), MAC \(holder.mac), DSN \(holder.dsn?.description ?? "none"))",
            next: "Put both units aside and tell the lead: two units must never share an identity.", errCode: 77)
    }
}
