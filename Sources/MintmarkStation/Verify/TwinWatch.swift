// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// Looks at a unit's twin until it is what it should be, or until there is no more to hope for.
struct TwinWatch {
    private static let historyCount = 10

    let devices: any DeviceService
    let clock: any StationClock
    let timing: TwinTiming
    /// Whether times of the cloud can be compared with the clock's.
    let trustsClock: @Sendable () async throws -> Bool

    /// The twin before the test, nil when the cloud shows none yet.
    ///
    /// - Throws: `.cloudUnreachable` and its like.
    func before(_ dsn: DSN) async throws -> DeviceTwin? { try await devices.twin(of: dsn) }

    /// Waits until the unit is online, then until its twin fits, each no longer than `timing` says.
    ///
    /// - Throws: what the cloud ends in when it does not answer up to the end; `CancellationError`.
    func follow(_ check: TwinCheck) async throws -> SeenTwin {
        let end = clock.now + timing.connect
        var seen = try await online(check, by: end)
        guard check.isConnected(seen.twin) else { return seen }
        for _ in 0..<timing.settles where check.findings(seen).contains(where: { $0.verdict == .differs }) {
            try await clock.sleep(until: clock.now + timing.settle)
            seen = try await named(try await look(check.dsn), after: seen)
        }
        return seen
    }

    /// With its template's name. The service lists all templates to tell one, so it is asked once for each.
    private func named(_ seen: SeenTwin, after before: SeenTwin? = nil) async throws(MintmarkError) -> SeenTwin {
        guard let template = seen.twin?.templateID else { return seen }
        var seen = seen
        seen.templateName =
            template == before?.twin?.templateID ? before?.templateName : try await devices.templateName(template)
        return seen
    }

    private func online(_ check: TwinCheck, by end: Deadline) async throws -> SeenTwin {
        while true {
            try Task.checkCancellation()
            let left = end - clock.now
            do throws(MintmarkError) {
                let seen = try await look(check.dsn)
                if check.isConnected(seen.twin) || check.isRebooting(seen.history) || left <= .zero {
                    return try await named(seen)
                }
                try await devices.awaitConnectivity(of: check.dsn, deadline: min(left, timing.look))
            } catch {
                // What passes by itself must not fail a unit that is on its way.
                guard left > .zero, [.cloudBusy, .cloudUnreachable, .cloudAnswerLost].contains(error.code) else {
                    throw error
                }
                try await clock.sleep(until: clock.now + min(left, timing.settle))
            }
        }
    }

    private func look(_ dsn: DSN) async throws(MintmarkError) -> SeenTwin {
        guard let twin = try await devices.twin(of: dsn) else { return SeenTwin(twin: nil) }
        var seen = SeenTwin(twin: twin, properties: try await devices.properties(of: dsn))
        if let key = twin.key {
            seen.history = try await devices.connectionHistory(of: key, count: Self.historyCount)
        }
        return seen
    }
}
