// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import TestSupport

@testable import MintmarkStation

/// One thing that a station, or a person at it, does.
enum FleetAct {
    case reserve(Int)
    case provision([Int])
    case resolve(Int, burns: Bool)
    /// Burns the n-th DSN of the pool, whatever state it is in.
    case burn(Int)
    case giveBack(Int)

    static func any(on units: [Int], using random: inout SplitMix64) -> FleetAct {
        switch Int.random(in: 0..<10, using: &random) {
        case 0, 1: return .reserve(Int.random(in: 1...3, using: &random))
        case 2: return .burn(Int.random(in: 0..<12, using: &random))
        case 3: return .giveBack(Int.random(in: 0..<12, using: &random))
        case 4, 5:
            guard let unit = units.first else { return .reserve(1) }
            return .resolve(unit, burns: Bool.random(using: &random))
        default: return units.isEmpty ? .reserve(2) : .provision(units)
        }
    }

    /// - Throws: what the station answers; a refusal is a fair one.
    func perform(on station: Station) async throws {
        switch self {
        case .reserve(let count): _ = try await station.reserve(count: count, actor: "fleet")
        case .provision(let units):
            _ = try await station.provision(ProvisionOrder(slots: units.map { "S\($0)" }, actor: "fleet"))
        case .resolve(let unit, let burns):
            _ = try await station.resolve(slot: "S\(unit)", reason: "looked at", burns: burns, actor: "lead")
        case .burn(let number):
            guard let dsn = try await station.pooled(number) else { return }
            try await station.burn(dsn, reason: "scrapped", actor: "lead")
        case .giveBack(let number):
            guard let dsn = try await station.pooled(number) else { return }
            try await station.giveBack([dsn], reason: "too many", actor: "lead")
        }
    }
}

extension Station {
    /// A DSN of the first hundred that were ever issued, if it is in this pool.
    fileprivate func pooled(_ number: Int) async throws -> DSN? {
        try await outside.ledger.read { state in
            let all = try (0..<100).compactMap { try state.dsn(DSN("AC000W\(100_000_000 + $0)"))?.dsn }
            return all.isEmpty ? nil : all[number % all.count]
        }
    }
}
