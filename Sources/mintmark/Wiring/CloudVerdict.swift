// SPDX-License-Identifier: Apache-2.0
import MintmarkCore

/// What became of the registrations that a command saw off.
struct CloudVerdict {
    let refused: [DSN]
    let quarantined: [DSN]
    let hasQueued: Bool

    init(of badges: [DSN: UnitRecord.Badge]) {
        refused = badges.filter { $0.value == .refused }.keys.sorted()
        quarantined = badges.filter { $0.value == .quarantined }.keys.sorted()
        hasQueued = badges.contains { $0.value == .queued || $0.value == .unknown }
    }

    var status: ExitStatus {
        guard refused.isEmpty, quarantined.isEmpty else { return .cloud }
        return hasQueued ? .registrationQueued : .pass
    }

    /// Says what a lead does about those that the cloud does not take.
    func tell(station: String) {
        if !refused.isEmpty {
            Terminal.error(
                "The cloud refuses \(Self.names(refused)).\nnext: `mintmark register refused --station \(station)` says where they are and why."
            )
        }
        if let first = quarantined.first {
            Terminal.error(
                "The cloud shows another unit as \(Self.names(quarantined)).\nnext: Set them aside; `mintmark unit show \(first) --ledger \(station)` says what differs."
            )
        }
    }

    private static func names(_ dsns: [DSN]) -> String {
        dsns.count == 1 ? dsns[0].description : "\(dsns[0]) and \(dsns.count - 1) more"
    }
}
