// SPDX-License-Identifier: Apache-2.0

/// A reserve whose reply was lost and that nobody has settled yet.
package struct LostReserve: Sendable, Equatable {
    /// How long a request may still be worked on: up to 300 s pass before it leaves (sign-in, connection), and the cloud
    /// gets as long again for a large one.
    package static let settlingTime: Int64 = 600_000_000

    package let request: String
    package let model: String
    package let count: Int
    /// When it was asked for; nil when that was on a machine that was replaced.
    package let asked: ClockReading?

    package init(request: String, model: String, count: Int, asked: ClockReading?) {
        self.request = request
        self.model = model
        self.count = count
        self.asked = asked
    }

    /// Microseconds that have passed since then at least; nil when nobody knows. By the running time of the machine: its
    /// wall clock may have been set meanwhile.
    package func age(at now: ClockReading) -> Int64? {
        asked.map { $0.boot == now.boot ? now.monotonic - $0.monotonic : now.monotonic }
    }

    /// Whether nothing can come of the request any more that has not come yet.
    package func isOver(at now: ClockReading) -> Bool { (age(at: now) ?? 0) >= Self.settlingTime }
}
