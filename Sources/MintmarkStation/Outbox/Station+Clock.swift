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
        let found = outside.clock.wall
        guard abs(found - shown) <= ClockConfirmed.tolerance else {
            let isLate = found < shown
            throw MintmarkError(
                .refused,
                "this machine's clock shows \(UTCTime.logText(seconds: found / 1_000_000)), \(Doctor.age(abs(found - shown) / 1_000_000)) \(isLate ? "behind" : "ahead of") the time you gave",
                next: "Set it (`timedatectl set-time`, in local time), then confirm again.")
        }
        let entry = EntryDraft(ClockConfirmed(shown: shown, found: found), by: EntryContext(actor: actor))
        try await outside.ledger.commit { _ in Decision([entry]) }
        try await outside.dateRuns()
        return try await outside.ledger.read { try $0.waitingRegistrations().count }
    }
}

extension Station.Outside {
    /// Whether what is dated by this machine may be told to the cloud.
    func trustsClock() async throws -> Bool {
        if hasCloudsClock || clock.isSynchronised { return true }
        return try await ledger.read { try $0.clock().isConfirmed }
    }

    /// Dates the runs of units that wait for the cloud and that a doubtful clock dated. To be called with one that can be
    /// trusted.
    func dateRuns() async throws {
        guard !hasCloudsClock else { return }
        let clock = clock
        guard try await ledger.read({ try $0.pendingRegistrations().contains(where: \.isDateUnsure) }) else { return }
        try await ledger.commit { state in
            let unsure = try state.pendingRegistrations().filter(\.isDateUnsure)
            let now = ClockReading(of: clock, boot: try state.clock().boot)
            return Decision(
                try unsure.compactMap { pending in
                    guard let run = pending.context.run, let result = try state.result(ofRun: run),
                        let dated = RunDated(result, was: pending.registration.domAt, now: now)
                    else { return nil }
                    var context = pending.context
                    (context.actor, context.ref) = ("outbox", [result.sequence])
                    return EntryDraft(dated, by: context)
                })
        }
    }
}
