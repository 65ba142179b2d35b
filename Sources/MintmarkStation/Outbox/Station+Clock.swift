// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

extension Station {
    /// A person compared the machine's clock with one that can be trusted, which shows `shown` (microseconds since 1970
    /// UTC). Holds until the machine starts again or its clock is set; dates of units that wait for the cloud are put
    /// right by it.
    ///
    /// Returns how many units wait.
    ///
    /// - Throws: `.refused` when the clocks differ.
    package func confirmTime(_ shown: Int64, actor: String) async throws -> Int {
        let clock = outside.clock
        try await outside.ledger.commit { _ in
            let found = clock.wall
            guard (found - shown).magnitude <= ClockConfirmed.tolerance else { throw Self.wrong(found, shown) }
            return Decision([EntryDraft(ClockConfirmed(shown: shown, found: found), by: EntryContext(actor: actor))])
        }
        try await outside.dateRuns()
        return try await outside.ledger.read { try $0.waitingRegistrations().count }
    }

    private static func wrong(_ found: Int64, _ shown: Int64) -> MintmarkError {
        let apart = Doctor.age(Int64((found - shown).magnitude / 1_000_000))
        let clock = UTCTime.logText(seconds: found / 1_000_000)
        return MintmarkError(
            .refused,
            "this machine's clock shows \(clock), \(apart) \(found < shown ? "behind" : "ahead of") the time you gave",
            next: "Set it (`timedatectl set-ntp false`, then `timedatectl set-time` in local time) and confirm again.")
    }
}

extension Station.Outside {
    /// Whether what is dated by this machine may be told to the cloud.
    func trustsClock() async throws -> Bool {
        if hasCloudsClock || clock.isSynchronised { return true }
        return try await ledger.read { [clock] state in try state.trusts(clock) }
    }

    /// Seconds since 1970 UTC that date a run which ends now: not before the last entry while nobody vouches for the
    /// clock.
    func date(_ state: any LedgerState) throws -> Int64 {
        let wall = clock.wall
        guard !clock.isSynchronised else { return wall / 1_000_000 }
        let known = try state.clock()
        return (known.confirms(clock) ? wall : max(wall, known.last)) / 1_000_000
    }

    /// Dates the runs of units that wait for the cloud and that a doubtful clock dated. To be called with one that can be
    /// trusted.
    func dateRuns() async throws {
        guard !hasCloudsClock, try await ledger.read({ try !$0.unsureRegistrations().isEmpty }) else { return }
        let lost = try await ledger.commit { [clock] state in
            let now = ClockReading(of: clock, boot: try state.clock().boot)
            var lost = 0
            let entries = try state.unsureRegistrations().compactMap { pending -> EntryDraft? in
                guard let run = pending.context.run, let result = try state.result(ofRun: run) else { return nil }
                let dated = RunDated(result, was: pending.registration.domAt, now: now)
                if dated.isLost { lost += 1 }
                var context = pending.context
                (context.actor, context.ref) = ("outbox", [result.sequence])
                return EntryDraft(dated, by: context)
            }
            return Decision(entries, lost)
        }
        guard lost > 0 else { return }
        tell(
            .notice(
                "\(lost) units were made by a doubtful clock before the machine was started anew; nothing says when, so they keep their dates: see `mintmark ledger show STATION-FILE --type run.dated`"
            ))
    }
}
