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
        try outbox.move(body.request, of: body.dsn, to: .unknown, at: at.sequence)
        try setBadge(.unknown, of: body.dsn, at)
    }

    func answer(_ body: RegisterResult, _ at: Place) throws(MintmarkError) {
        let place = try dsns.place(of: body.dsn)
        switch body.badge {
        case .registered:
            if let place { try dsns.move(body.dsn, to: try place.registered(body.dsn), at: at.sequence) }
            try outbox.move(body.request, of: body.dsn, to: .registered, at: at.sequence)
            try setBadge(.registered, of: body.dsn, at)
        case .refused:
            try outbox.move(body.request, of: body.dsn, to: .refused, at: at.sequence)
            try setBadge(.refused, of: body.dsn, at)
        case .quarantined:
            let reason = body.text ?? body.code ?? "the cloud shows another unit under this DSN"
            if let place { try dsns.move(body.dsn, to: place.quarantined(reason), at: at.sequence) }
            try outbox.move(body.request, of: body.dsn, to: .quarantined, at: at.sequence)
            try setBadge(.quarantined, of: body.dsn, reason: reason, at)
        }
    }

    private func setBadge(
        _ badge: UnitRecord.Badge, of dsn: DSN, reason: String? = nil, _ at: Place
    ) throws(MintmarkError) {
        guard var unit = try units.unit(dsn: dsn) else { throw LedgerFault.misfit("no unit has DSN \(dsn)") }
        unit.badge = badge
        unit.reason = reason ?? unit.reason
        try units.save(unit, at: at.sequence)
    }
}

extension DSNTable.Place {
    /// written → registered. In quarantine it stays there, but comes out registered.
    fileprivate func registered(_ dsn: DSN) throws(MintmarkError) -> DSNTable.Place {
        var place = self
        switch state {
        case .written, .registered: place.state = .registered
        case .quarantined: place.before = .registered
        case .free, .assigned, .burned, .returned, .transferred:
            throw LedgerFault.misfit("DSN \(dsn) is \(state.rawValue), so it cannot be registered")
        }
        return place
    }
}
