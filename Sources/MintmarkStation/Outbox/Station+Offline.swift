// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

extension Station {
    /// Why no further run may begin: as much waits for the cloud as the station file allows. Nil when one may.
    func offlineRefusal() async throws -> MintmarkError? {
        let (limits, wall) = (file.offline, outside.clock.wall)
        guard limits != OfflineLimits() else { return nil }
        return limits.refusal(of: try await outside.ledger.read { try $0.waitingRegistrations() }, at: wall)
    }
}

extension OfflineLimits {
    /// Why no further run may begin; nil when one may. `wall` is in microseconds since 1970 UTC.
    func refusal(of waiting: WaitingRegistrations, at wall: Int64) -> MintmarkError? {
        guard let oldest = waiting.oldest, let since = waiting.since else { return nil }
        var allowed: [String] = []
        if let units, waiting.count >= units { allowed.append("\(units) units") }
        if let hours, waiting.age(at: wall) >= Int64(hours) * 3600 { allowed.append("\(hours) hours") }
        guard !allowed.isEmpty else { return nil }
        return MintmarkError(
            .outboxFull,
            "\(waiting.count) units wait for the cloud, \(oldest) since \(UTCTime.isoText(seconds: since / 1_000_000)); the station file allows \(allowed.joined(separator: " and "))",
            next:
                "Run `mintmark register --pending`: what holds them up is shown. A lead may raise the limit under `offline:`."
        )
    }
}
