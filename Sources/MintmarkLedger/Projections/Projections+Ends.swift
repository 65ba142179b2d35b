// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// Quarantine, and the two ends of a DSN that no unit reaches.
extension Projections {
    /// Sets a unit aside, and its DSN with it. A DSN that no unit has yet can be set aside too.
    func setAside(_ body: UnitQuarantine, _ at: Place) throws(MintmarkError) {
        let unit = try named(body.dsn, at)
        let dsn = try dsn(body.dsn, of: unit)
        let place = try dsn.flatMap { dsn throws(MintmarkError) in try dsns.place(of: dsn) }
        guard unit != nil || place != nil else {
            throw LedgerFault.misfit("no unit is known as \(body.dsn?.description ?? at.context.unit ?? "nothing")")
        }
        if var unit {
            unit.setAside(body.reason, isInterrupted: body.isInterrupted)
            let writes = try at.context.run.map { run throws(MintmarkError) in try runs.writes(of: run) }
            unit.isSaved = body.isInterrupted && writes == .saving
            try units.save(unit, at: at.sequence)
        }
        if let dsn, let place { try dsns.move(dsn, to: place.quarantined(body.reason), at: at.sequence) }
    }

    func release(_ body: UnitRelease, _ at: Place) throws(MintmarkError) {
        let unit = try named(body.dsn, at)
        let dsn = try dsn(body.dsn, of: unit)
        let place = try dsn.flatMap { dsn throws(MintmarkError) in try dsns.place(of: dsn) }
        guard unit?.reason != nil || place?.state == .quarantined else {
            throw LedgerFault.misfit("unit \(body.dsn?.description ?? at.context.unit ?? "") is not in quarantine")
        }
        // A replacement of the station makes such a `free` an `unknown`; nothing else does.
        let wasNobodys = place?.before == .free || place?.before == .unknown
        if place?.state == .quarantined, wasNobodys, let unit, unit.dsn == dsn?.description {
            throw LedgerFault.misfit(
                "unit \(unit.hardware) showed DSN \(body.dsn?.description ?? "") before the pool had it")
        }
        if var unit {
            unit.release()
            unit.isSaved = unit.isSaved || body.readBack?.isWhole == true
            try units.save(unit, at: at.sequence)
        }
        if let dsn, var place, place.state == .quarantined {
            place = DSNTable.Place(state: place.before ?? .assigned)
            try dsns.move(dsn, to: place, at: at.sequence)
        }
    }

    /// Gives a DSN up for good. Its unit is as if it never had one; a quarantine of it ends.
    func burn(_ body: DSNBurned, _ at: Place) throws(MintmarkError) {
        guard let place = try dsns.place(of: body.dsn) else {
            throw LedgerFault.misfit("DSN \(body.dsn) is not in the pool")
        }
        let from = place.before ?? place.state
        switch from {
        case .free, .assigned, .written, .unknown: break
        case .registered, .burned, .returned, .quarantined, .transferred:
            throw LedgerFault.misfit("DSN \(body.dsn) is \(from.rawValue), so it cannot be burned")
        }
        if let request = try outbox.pendingRequest(of: body.dsn) {
            throw LedgerFault.misfit("DSN \(body.dsn) is being registered (request \(request)), so it cannot be burned")
        }
        if var unit = try units.unit(dsn: body.dsn) {
            unit.dsn = nil
            unit.mfgSerial = nil
            unit.badge = .none
            unit.release()
            try units.save(unit, at: at.sequence)
        }
        try dsns.burn(body.dsn, because: body.reason, at: at.sequence)
    }

    /// free → returned.
    func giveBack(_ body: DSNReturned, _ at: Place) throws(MintmarkError) {
        let place = try dsns.place(of: body.dsn)
        guard place?.state == .free else {
            throw LedgerFault.misfit(
                "DSN \(body.dsn) is \(place?.state.rawValue ?? "not in the pool"), so it cannot be returned")
        }
        try dsns.move(
            body.dsn, to: DSNTable.Place(state: .returned, reason: body.reason), at: at.sequence)
    }

    private func dsn(_ named: DSN?, of unit: UnitTable.Unit?) throws(MintmarkError) -> DSN? {
        if let named { return named }
        guard let text = unit?.dsn else { return nil }
        return try DSN(text)
    }

    private func named(_ dsn: DSN?, _ at: Place) throws(MintmarkError) -> UnitTable.Unit? {
        if let dsn, let unit = try units.unit(dsn: dsn) { return unit }
        return try at.context.unit.flatMap { name throws(MintmarkError) in try units.unit(named: name) }
    }
}

extension DSNTable.Place {
    /// The same place set aside; what it was before stays remembered. What ended for good stays where it is.
    func quarantined(_ reason: String) -> DSNTable.Place {
        switch state {
        case .burned, .returned, .transferred: self
        case .free, .assigned, .written, .registered, .quarantined, .unknown:
            DSNTable.Place(state: .quarantined, reason: reason, before: before ?? state)
        }
    }
}
