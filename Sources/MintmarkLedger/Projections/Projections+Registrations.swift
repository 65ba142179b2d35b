// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

extension Projections {
    /// The unit waits for the cloud. A DSN of our pool must be written by then.
    func register(_ body: RegisterIntent, _ at: Place) throws(MintmarkError) {
        let registration = body.registration
        if let place = try dsns.place(of: registration.dsn) {
            guard place.state == .written || place.state == .registered else {
                throw LedgerFault.misfit(
                    "DSN \(registration.dsn) is \(place.state.rawValue), so it cannot be registered")
            }
        }
        let (found, isNew) = try identify(hwsig: registration.hwsig?.description, mac: registration.mac.description)
        var unit = found
        try claim(registration.dsn, for: &unit, orRefuse: true)
        try outbox.add(body, at: at.sequence)
        unit.badge = .queued
        try keep(unit, isNew: isNew, at)
    }

    func lost(_ body: RegisterUnknown, _ at: Place) throws(MintmarkError) {
        var unit = try pending(body.request, body.dsn)
        unit.badge = .unknown
        try outbox.move(body.request, to: .unknown, at: at.sequence)
        try units.save(unit, at: at.sequence)
    }

    func answer(_ body: RegisterResult, _ at: Place) throws(MintmarkError) {
        var unit = try pending(body.request, body.dsn)
        var place = try dsns.place(of: body.dsn)
        let state: OutboxTable.State
        switch body.badge {
        case .registered:
            place = try place?.registered(body.dsn)
            (unit.badge, state) = (.registered, .registered)
        case .refused:
            (unit.badge, state) = (.refused, .refused)
        case .quarantined:
            let reason = body.text ?? body.code ?? "the cloud shows another unit under this DSN"
            place = place?.quarantined(reason)
            unit.setAside(reason, isInterrupted: false)
            (unit.badge, state) = (.quarantined, .quarantined)
        }
        if let place { try dsns.move(body.dsn, to: place, at: at.sequence) }
        try outbox.move(body.request, to: state, at: at.sequence)
        try units.save(unit, at: at.sequence)
    }

    private func pending(_ request: String, _ dsn: DSN) throws(MintmarkError) -> UnitTable.Unit {
        try outbox.checkPending(request, of: dsn)
        guard let unit = try units.unit(dsn: dsn) else { throw LedgerFault.misfit("no unit has DSN \(dsn)") }
        return unit
    }
}

extension DSNTable.Place {
    /// written → registered. In quarantine it stays there, but comes out registered.
    fileprivate func registered(_ dsn: DSN) throws(MintmarkError) -> DSNTable.Place {
        var place = self
        switch state {
        case .written, .registered: place.state = .registered
        case .quarantined: place.before = .registered
        case .free, .assigned, .burned, .returned, .transferred, .unknown:
            throw LedgerFault.misfit("DSN \(dsn) is \(state.rawValue), so it cannot be registered")
        }
        return place
    }
}
