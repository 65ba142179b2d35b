// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// Log-normal times, given by what half of them and 99 of 100 of them do not exceed; milliseconds. Services answer like
/// this: most at once, a few after very long.
package struct LatencyTail: Sendable, Equatable {
    /// Nothing lasts longer.
    package static let limit = 600_000
    /// The standard normal distribution's 99th percentile.
    private static let normal99 = 2.326_347_874

    package let median: Int
    package let p99: Int

    /// Nil unless 1 ≤ median ≤ p99 ≤ `limit`.
    package init?(median: Int, p99: Int) {
        guard median >= 1, median <= p99, p99 <= Self.limit else { return nil }
        self.median = median
        self.p99 = p99
    }

    package func draw(using random: inout some RandomNumberGenerator) -> Int {
        // Box-Muller; the first number is never 0.
        let radius = (-2 * log(1 - Double.random(in: 0..<1, using: &random))).squareRoot()
        let normal = radius * cos(2 * Double.pi * Double.random(in: 0..<1, using: &random))
        let time = Double(median) * exp(normal / Self.normal99 * log(Double(p99) / Double(median)))
        return Int(min(time, Double(Self.limit)).rounded())
    }
}
