// SPDX-License-Identifier: Apache-2.0
import MintmarkCore

@testable import MintmarkStation

/// The machine's clock with nothing that keeps it in step, `ahead` of it by so many microseconds.
struct UnsureClock: StationClock {
    let ahead: Int64
    private let clock = SystemClock()

    init(ahead: Int64) { self.ahead = ahead }

    var now: Deadline { clock.now }
    var wall: Int64 { clock.wall + ahead }
    var isSynchronised: Bool { false }

    func sleep(until deadline: Deadline) async throws { try await clock.sleep(until: deadline) }
}
