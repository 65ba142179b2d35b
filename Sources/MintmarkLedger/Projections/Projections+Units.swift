// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

extension Projections {
    /// A DSN comes into the pool. One that a unit showed already is not free: it comes in set aside.
    func reserve(_ body: DSNReserved, _ at: Place) throws(MintmarkError) {
        let request = try reserves.requestToFill(body.block)
        var place = DSNTable.Place(state: .free)
        if let holder = try units.unit(dsn: body.dsn) {
            place = place.quarantined("unit \(holder.hardware) showed this DSN before it came into the pool")
        }
        try dsns.add(body, as: place, at: at.sequence)
        if let request { try reserves.end(request, as: .reserved) }
    }

    /// free → assigned. One DSN, one unit, both ways.
    func assign(_ body: DSNAssigned, _ at: Place) throws(MintmarkError) {
        guard let place = try dsns.place(of: body.dsn) else {
            throw LedgerFault.misfit("DSN \(body.dsn) is not in the pool")
        }
        guard place.state == .free else {
            throw LedgerFault.misfit("DSN \(body.dsn) is \(place.state.rawValue), so no unit can be given it")
        }
        let (found, isNew) = try identify(hwsig: body.hwsig, mac: body.mac)
        var unit = found
        if let other = unit.dsn {
            throw LedgerFault.misfit("unit \(unit.hardware) has DSN \(other) and cannot get \(body.dsn)")
        }
        if let holder = try units.unit(dsn: body.dsn) {
            throw LedgerFault.misfit("DSN \(body.dsn) is on unit \(holder.hardware) and cannot go to \(unit.hardware)")
        }
        unit.dsn = body.dsn.description
        unit.mfgSerial = body.mfgSerial
        try keep(unit, isNew: isNew, at)
        try dsns.assign(body.dsn, to: unit.hardware, at: at.sequence)
        if let name = body.counter, let number = body.number { try marks.raiseCounter(name, to: number) }
        try runs.note(at.context.run, unit: unit.hardware, writes: .began)
    }

    /// A unit told who it is.
    func see(_ body: UnitSeen, _ at: Place) throws(MintmarkError) {
        let (found, isNew) = try identify(hwsig: body.hwsig?.description, mac: body.mac.description)
        var unit = found
        try claim(body.dsn, for: &unit, orRefuse: false)
        try keep(unit, isNew: isNew, at)
        try runs.note(at.context.run, unit: unit.hardware, writes: .nothing)
    }

    /// assigned → written. A unit that is labelled once more stays what it was.
    func written(_ body: DSNWritten, _ at: Place) throws(MintmarkError) {
        guard var place = try dsns.place(of: body.dsn) else {
            throw LedgerFault.misfit("DSN \(body.dsn) is not in the pool")
        }
        switch place.state {
        case .assigned: place.state = .written
        case .written, .registered: break
        case .free, .burned, .returned, .quarantined, .transferred, .unknown:
            throw LedgerFault.misfit("DSN \(body.dsn) is \(place.state.rawValue), so no unit can show it as written")
        }
        try dsns.move(body.dsn, to: place, at: at.sequence)
    }

    func begin(_ body: StepIntent, _ at: Place) throws(MintmarkError) {
        let writes: RunTable.Writes =
            switch body.writes {
            case .nothing: .nothing
            case .identity, .secret: .began
            case .saved: .saving
            }
        try runs.note(at.context.run, unit: nil, writes: writes)
    }

    /// Closes the run and counts it on its unit. A failed run whose unit shows a part of another unit's identity
    /// counts on none: the impostor must stay a stranger.
    func end(_ body: RunResult, _ at: Place) throws(MintmarkError) {
        guard let run = at.context.run, try runs.isOpen(run) == true else {
            throw LedgerFault.misfit("run \(at.context.run ?? "without an id") is not open, so it cannot end")
        }
        guard let (found, isNew) = try unit(of: body, at) else {
            return try runs.end(run, body, unit: at.context.unit, isUnsure: isUnsure(at), at: at.sequence)
        }
        var unit = found
        try claim(body.record.dsn, for: &unit, orRefuse: body.outcome == .pass)
        unit.runs += 1
        unit.outcome = body.outcome
        if body.outcome == .pass { unit.isSaved = false }
        try keep(unit, isNew: isNew, at)
        try runs.end(run, body, unit: unit.hardware, isUnsure: isUnsure(at), at: at.sequence)
    }

    /// Whether nobody vouches for the clock at this entry.
    private func isUnsure(_ at: Place) throws(MintmarkError) -> Bool {
        switch at.stamp.clock {
        case .synced: false
        case .unsynced: try !clock.confirms(at.stamp)
        // Right or wrong, it is not what the entry is dated by.
        case .stepped: true
        }
    }

    func date(_ body: RunDated, _ at: Place) throws(MintmarkError) {
        guard let run = at.context.run, try runs.isOpen(run) == false else {
            throw LedgerFault.misfit("run \(at.context.run ?? "without an id") has not ended, so it has no date")
        }
        try runs.date(run, body.time)
    }

    private func unit(of body: RunResult, _ at: Place) throws(MintmarkError) -> (unit: UnitTable.Unit, isNew: Bool)? {
        guard let mac = body.record.mac?.description else {
            guard let name = at.context.unit, let unit = try units.unit(named: name) else { return nil }
            return (unit, false)
        }
        let hwsig = body.record.hwsig?.description
        if body.outcome != .pass, case .conflict = try units.match(hwsig: hwsig, mac: mac) { return nil }
        return try identify(hwsig: hwsig, mac: mac)
    }

    /// Takes over a DSN that came with the unit, unless it belongs to the pool, to another unit, or the unit has one.
    func claim(_ dsn: DSN?, for unit: inout UnitTable.Unit, orRefuse isStrict: Bool) throws(MintmarkError) {
        guard let dsn, unit.dsn != dsn.description else { return }
        let owner = try units.unit(dsn: dsn)?.hardware
        if unit.dsn == nil, owner == nil, try dsns.place(of: dsn) == nil {
            unit.dsn = dsn.description
        } else if isStrict {
            throw LedgerFault.misfit(
                "unit \(unit.hardware) shows DSN \(dsn), which is not its own (it has \(unit.dsn ?? "none"), "
                    + "the DSN belongs to \(owner ?? "the pool"))")
        }
    }

    /// The unit with this identity, or a new one. A unit that showed no signature yet may show one.
    ///
    /// - Throws: `.stationFault` when a part of the identity belongs to another unit.
    func identify(hwsig: String?, mac: String) throws(MintmarkError) -> (unit: UnitTable.Unit, isNew: Bool) {
        switch try units.match(hwsig: hwsig, mac: mac) {
        case .same(let unit): return (unit, false)
        case .none: return (UnitTable.Unit(hardware: hwsig ?? mac, mac: mac, hwsig: hwsig), true)
        case .conflict(let other):
            throw LedgerFault.misfit(
                "hardware signature \(hwsig ?? "none") and MAC \(mac) are not one unit's: "
                    + "unit \(other.hardware) has MAC \(other.mac)")
        }
    }

    func keep(_ unit: UnitTable.Unit, isNew: Bool, _ at: Place) throws(MintmarkError) {
        if isNew { try units.add(unit, at: at.sequence) } else { try units.save(unit, at: at.sequence) }
    }
}
