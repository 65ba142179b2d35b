// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

extension Station {
    /// Why no further run may begin: as much waits for the cloud as the station file allows. Nil when one may.
    func offlineRefusal() async throws -> MintmarkError? {
        guard file.offline != OfflineLimits() else { return nil }
        return try await outside.ledger.read { try self.offlineRefusal($0) }
    }

    /// As `offlineRefusal`, on the state of the writer's moment: units in other slots count as if they waited already.
    func offlineRefusal(_ state: any LedgerState) throws -> MintmarkError? {
        let limits = file.offline
        guard limits != OfflineLimits(), file.kind.call != nil else { return nil }
        let inWork = try state.openRuns().count { !$0.opened.isDryRun }
        return limits.refusal(of: try state.waitingRegistrations(), inWork: inWork, at: outside.clock.wall)
    }
}

extension OfflineLimits {
    /// Why no further run may begin; nil when one may. `inWork` are units whose runs have begun; `wall` is in
    /// microseconds since 1970 UTC.
    func refusal(of waiting: WaitingRegistrations, inWork: Int = 0, at wall: Int64) -> MintmarkError? {
        guard let oldest = waiting.oldest, let since = waiting.since else { return nil }
        var allowed: [String] = []
        if let units, waiting.count + inWork >= units { allowed.append("\(units) units") }
        if let hours, waiting.age(at: wall) >= Int64(hours) * 3600 { allowed.append("\(hours) hours") }
        guard !allowed.isEmpty else { return nil }
        let busy = inWork > 0 ? " and \(inWork) are in work" : ""
        return MintmarkError(
            .outboxFull,
            "\(waiting.count) units wait for the cloud, \(oldest) since \(UTCTime.isoText(seconds: since / 1_000_000))\(busy); the station file allows \(allowed.joined(separator: " and "))",
            next:
                "Run `mintmark register --pending --station FILE`: what holds them up is shown. A lead may raise the limit under `offline:`."
        )
    }
}
