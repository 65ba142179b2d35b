// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// What a station has to go on with while its cloud is away: free DSNs and units that wait, in hours at its pace.
package struct StationStock: Sendable, Equatable {
    /// Free DSNs; nil for a station without a pool.
    package let free: Int?
    package let waiting: WaitingRegistrations
    /// Nil when it is unknown.
    package let pace: WorkPace?
    let limits: OfflineLimits
    /// Microseconds since 1970 UTC.
    let wall: Int64
    /// Of those that wait, the ones that are not sent while nobody vouches for the clock.
    let held: Int
    /// Units that the cloud refused and that were not sent again.
    let refused: Int
    /// DSNs that may be reserved without our knowing them, as the reply to their reserve was lost.
    let lost: Int

    package init(
        free: Int?, waiting: WaitingRegistrations, pace: WorkPace?, limits: OfflineLimits, wall: Int64,
        held: Int = 0, refused: Int = 0, lost: Int = 0
    ) {
        self.free = free
        self.waiting = waiting
        self.pace = pace
        self.limits = limits
        self.wall = wall
        self.held = held
        self.refused = refused
        self.lost = lost
    }

    /// `420 free DSNs, 6.4 hours at 65.0 units an hour`; nil for a station without a pool.
    package var poolText: String? {
        free.map { free in
            "\(free) free DSNs, \(hours(free))" + (lost > 0 ? "; \(lost) more may be reserved, the reply was lost" : "")
        }
    }

    /// `12 units wait for the cloud, the oldest for 3 h; 488 more may wait, 7.5 hours at 65.0 units an hour`
    package var outboxText: String {
        var text = "no unit waits for the cloud"
        if waiting.count > 0 {
            text = "\(waiting.count) units wait for the cloud, the oldest for \(Doctor.age(waiting.age(at: wall)))"
            if held > 0 {
                text +=
                    "; \(held) are held while nobody vouches for the clock (`mintmark station confirm-time FILE TIME`)"
            }
        }
        if refused > 0 { text += "; \(refused) are refused" }
        if let room { text += "; \(room) more may wait, \(hours(room))" }
        if let hoursLeft { text += "; runs stop in \(Doctor.age(hoursLeft))" }
        return text
    }

    package var json: JSONObject {
        [
            "free": .number(free), "free_hours": free.flatMap(hoursValue), "held": .number(held),
            "lost": .number(lost), "refused": .number(refused),
            "oldest_dsn": .text(waiting.oldest?.description), "oldest_s": .integer(waiting.age(at: wall)),
            "pace": .text(pace?.perHour), "room": .number(room), "room_hours": room.flatMap(hoursValue),
            "stop_s": .number(hoursLeft), "waiting": .number(waiting.count),
            "waiting_hours": hoursValue(waiting.count),
        ]
    }

    /// Units that may still wait before no run begins; nil without a limit.
    private var room: Int? { limits.units.map { max(0, $0 - waiting.count) } }

    /// Seconds until the oldest is as old as the limit; nil without one, or when none waits.
    private var hoursLeft: Int64? {
        guard let hours = limits.hours, waiting.count > 0 else { return nil }
        return max(0, Int64(hours) * 3600 - waiting.age(at: wall))
    }

    private func hours(_ count: Int) -> String {
        pace.map { "\($0.hours(for: count)) hours at \($0.perHour) units an hour" } ?? "pace unknown"
    }

    private func hoursValue(_ count: Int) -> JSONValue? { pace.map { .string($0.hours(for: count)) } }
}
