// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

extension Projections {
    /// The end of the old log may be lost: what it may have used is unknown until it is found, and no number of a
    /// counter is used again.
    func goOn(_ body: LogContinue, _ at: Place) throws(MintmarkError) {
        try dsns.loseTrack("the log before this one was lost behind entry \(at.sequence - 1)", at: at.sequence)
        try marks.skipNumbers(body.skip)
    }

    /// unknown → where it is. A DSN that only came into the pool in the lost end is free until here.
    func reconcile(_ body: DSNReconciled, _ at: Place) throws(MintmarkError) {
        guard let place = try dsns.place(of: body.dsn), place.state == .unknown || place.state == .free else {
            throw LedgerFault.misfit("DSN \(body.dsn) is not unknown, so it cannot be found again")
        }
        let holder = try units.unit(dsn: body.dsn)
        var name: String?
        let hasEnded = [.free, .burned, .returned].contains(body.state)
        if hasEnded {
            if var holder {
                holder.dsn = nil
                try units.save(holder, at: at.sequence)
            }
        } else if let mac = body.mac {
            name = try give(body, to: identify(hwsig: body.hwsig?.description, mac: mac.description), holder, at)
        } else {
            name = holder?.hardware
        }
        let hasReason = [.burned, .returned, .quarantined].contains(body.state)
        let found = DSNTable.Place(state: body.state, reason: hasReason ? body.reason : nil, before: body.before)
        try dsns.find(body.dsn, as: found, on: name, at: at.sequence)
    }

    /// One DSN, one unit, both ways. Returns the unit's name.
    private func give(
        _ body: DSNReconciled, to found: (unit: UnitTable.Unit, isNew: Bool), _ holder: UnitTable.Unit?, _ at: Place
    ) throws(MintmarkError) -> String {
        var unit = found.unit
        guard holder == nil || holder?.hardware == unit.hardware, unit.dsn == nil || unit.dsn == body.dsn.description
        else {
            throw LedgerFault.misfit(
                "DSN \(body.dsn) is on unit \(holder?.hardware ?? "none") and unit \(unit.hardware) has "
                    + "\(unit.dsn ?? "none"), so they cannot belong together")
        }
        unit.dsn = body.dsn.description
        unit.mfgSerial = body.mfgSerial ?? unit.mfgSerial
        if body.state == .quarantined { unit.setAside(body.reason, isInterrupted: false) }
        try keep(unit, isNew: found.isNew, at)
        return unit.hardware
    }
}
