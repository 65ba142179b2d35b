// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore
internal import Synchronization

/// The units that sit in a slot right now: one unit is worked on in one slot only.
final class ActiveUnits: Sendable {
    private let names = Mutex<Set<String>>([])

    /// - Throws: `.identityInUse` when another slot works on a unit of this identity.
    func claim(_ identity: UnitIdentity) throws(MintmarkError) {
        let isFree = names.withLock { names in
            guard names.isDisjoint(with: Self.keys(identity)) else { return false }
            names.formUnion(Self.keys(identity))
            return true
        }
        guard isFree else {
            throw MintmarkError(
                .identityInUse, "a unit of the same identity (\(identity.hardwareName)) is in another slot",
                next: "Put both units aside and tell the lead: two units must never share an identity.", errCode: 77)
        }
    }

    func release(_ identity: UnitIdentity) { names.withLock { $0.subtract(Self.keys(identity)) } }

    private static func keys(_ identity: UnitIdentity) -> [String] {
        [identity.mac.description, identity.hardwareName]
    }
}
