// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore
internal import MintmarkDevices

/// Whether a unit that is set aside may go on, by what it shows, what the ledger knows and what the cloud shows.
struct ResolvePolicy: Sendable {
    let kind: StationKind
    let oemID: String
    let template: Template
    let readBack: ReadBack
    /// How what the cloud shows differs from what was sent.
    let cloudDifferences: [String]

    /// Why the unit must stay aside, one sentence each; empty: it may go on.
    func objections(to unit: UnitRecord, pooled: DSNRecord?) -> [String] {
        identityObjections(unit, pooled) + modeObjections(unit) + cloudDifferences.map { "the cloud differs: \($0)" }
    }

    private func identityObjections(_ unit: UnitRecord, _ pooled: DSNRecord?) -> [String] {
        let known = unit.dsn.map { "DSN \($0)" } ?? "no DSN"
        switch (readBack.dsn, unit.dsn) {
        case (nil, nil): return []
        case (let shown?, let dsn?) where shown == dsn:
            // Nobody here gave it: the pool got a number that a unit wore already.
            let wasNobodys = pooled?.before == .free || pooled?.before == .unknown
            return wasNobodys ? ["DSN \(dsn) came into the pool after the unit showed it"] : []
        case (nil, .some) where kind == .label && (pooled?.before ?? pooled?.state) == .assigned: return []
        case (let shown, _):
            return ["the unit shows \(shown.map { "DSN \($0)" } ?? "no DSN"), the ledger has \(known)"]
        }
    }

    private func modeObjections(_ unit: UnitRecord) -> [String] {
        switch kind {
        case .label:
            // A blank module is still in the mode in which it is labelled.
            guard readBack.dsn == nil, !readBack.isIn(.manufacturing) else { return [] }
            return ["the unit is in \(readBack.mode ?? "no mode") and shows no DSN"]
        case .verify:
            guard readBack.isIn(.user) else { return ["the unit is in \(readBack.mode ?? "no mode")"] }
            return configuredObjections
        case .config:
            if readBack.isIn(.setup) { return [] }
            guard readBack.isIn(.user) else { return ["the unit is in \(readBack.mode ?? "no mode")"] }
            return oemObjections
        }
    }

    /// A unit in user mode is not written any more: all that it shows must be right.
    private var oemObjections: [String] {
        configuredObjections
            + (template.hasNoSetupKey ? [] : ["the Wi-Fi setup key that was made for it is lost"])
    }

    private var configuredObjections: [String] {
        var all: [String] = []
        if readBack.oemID != oemID { all.append("the OEM id is \(readBack.oemID ?? "not there"), not \(oemID)") }
        if readBack.oemModel != template.oemModel {
            all.append("the OEM model is \(readBack.oemModel ?? "not there"), not \(template.oemModel)")
        }
        if readBack.isOEMKeySet != true { all.append("no OEM key is stored") }
        return all
    }
}
