// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore
internal import MintmarkCrypto
internal import MintmarkDevices

/// Whether the unit in a slot may be written to, and what it is given. Decided on the ledger's writer, so that no two
/// slots can be given the same DSN and no unit two.
struct UnitPolicy: Sendable {
    /// Entries to append before the first byte that writes, and what the dialog is handed (`label` only).
    struct Verdict: Sendable {
        var entries: [EntryDraft]
        var assigned: AssignedIdentity?
        /// The unit holds all of it already: it is only read back.
        var isWritten = false
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
        if let known, let reason = known.quarantine {
            guard known.isInterrupted else { throw Self.setAside(reason) }
            let shown = identity.dsn.map { "it shows DSN \($0)" } ?? "it shows no DSN"
            let readBack = ReadBack(
                mac: identity.mac, hwsig: identity.hwsig, dsn: identity.dsn, firmware: firmware)
            let release = UnitRelease(dsn: known.dsn, reason: "read back in a slot: \(shown)", readBack: readBack)
            verdict.entries.append(EntryDraft(release, by: context))
        }
        switch kind {
        case .label: try label(known, state, context, &verdict)
        case .config: try config(known, &verdict)
        case .verify: try checkDSN(known)
        }
        return verdict
    }

    private func checkDSN(_ known: UnitRecord?) throws(MintmarkError) {
        if let before = known?.dsn, let dsn = identity.dsn, before != dsn {
            throw MintmarkError(
                .identityInUse, "the unit shows DSN \(dsn), this station knows it as \(before)",
                next: "Put the unit aside and tell the lead: a unit must never have two DSNs.", errCode: 66)
        }
    }

    private func config(_ known: UnitRecord?, _ verdict: inout Verdict) throws(MintmarkError) {
        try checkDSN(known)
        guard isLocked else { return }
        // A Wi-Fi key that was made for it died with the run: the cloud could not be told of it.
        guard known?.isSaved == true, template.hasNoSetupKey else {
            throw MintmarkError(
                .wrongMode, "the unit is in user mode, this station needs setup mode",
                next: "Put the unit aside: it belongs to another station.", errCode: 49)
        }
        verdict.isWritten = true
    }

    private func label(
        _ known: UnitRecord?, _ state: any LedgerState, _ context: EntryContext, _ verdict: inout Verdict
    ) throws {
        if let dsn = identity.dsn {
            guard let record = try state.dsn(dsn),
                known?.dsn == dsn && known?.outcome != .pass || known?.dsn == nil && record.state == .unknown
            else {
                if let burned = try state.dsn(dsn), burned.state == .burned { throw Self.isBurned(burned) }
                throw MintmarkError(
                    .alreadyLabelled, "the module is already labelled as \(dsn)",
                    next: "Put the unit aside: it has a DSN.", errCode: 61)
            }
            if record.state == .unknown {
                let entry = found(record, .written, known, "the unit shows it in a slot")
                verdict.entries.append(EntryDraft(entry, by: context))
            }
            verdict.assigned = try assigned(record, mfgSerial: known?.mfgSerial ?? identity.mfgSerial ?? "")
            verdict.isWritten = isLocked
            return
        }
        if let dsn = known?.dsn, let record = try state.dsn(dsn) {
            if record.state == .unknown {
                let entry = found(record, .assigned, known, "its unit shows no DSN in a slot")
                verdict.entries.append(EntryDraft(entry, by: context))
            }
            verdict.assigned = try assigned(record, mfgSerial: known?.mfgSerial ?? "")
            return
        }
        guard let record = try state.freeDSN(model: template.moduleModel) else {
            throw Self.poolEmpty(template.moduleModel)
        }
        let (serial, counter, number) = try mfgSerial(state)
        verdict.assigned = try assigned(record, mfgSerial: serial)
        verdict.entries.append(
            EntryDraft(
                DSNAssigned(
                    dsn: record.dsn, hwsig: identity.hwsig?.description, mac: identity.mac.description,
                    mfgSerial: serial, counter: counter, number: number),
                by: context.about(record.dsn.description)))
    }

    /// A DSN that a lost end of the log may have used, and that the unit in the slot settles.
    private func found(
        _ record: DSNRecord, _ state: DSNRecord.State, _ known: UnitRecord?, _ reason: String
    ) -> DSNReconciled {
        DSNReconciled(
            dsn: record.dsn, state: state, mac: identity.mac, hwsig: identity.hwsig,
            mfgSerial: known?.mfgSerial ?? identity.mfgSerial, reason: reason)
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

    private func assigned(_ record: DSNRecord, mfgSerial: String) throws(MintmarkError) -> AssignedIdentity {
        let key = try RSAPublicKey(der: record.publicKey)
        return AssignedIdentity(dsn: record.dsn, keyFile: Base64.encode(key.pkcs1), mfgSerial: mfgSerial)
    }

    private static func setAside(_ reason: String) -> MintmarkError {
        MintmarkError(
            .unitQuarantined, "the unit is set aside: \(reason)",
            next: "Keep it aside. The lead decides on it with `mintmark unit resolve`.")
    }

    private static func isBurned(_ record: DSNRecord) -> MintmarkError {
        MintmarkError(
            .alreadyLabelled, "the module shows DSN \(record.dsn), which was burned: \(record.reason ?? "")",
            next: "Scrap the module: it can neither keep this DSN nor get another one.", errCode: 61)
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
