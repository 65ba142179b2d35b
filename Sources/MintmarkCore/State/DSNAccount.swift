// SPDX-License-Identifier: Apache-2.0

/// The sum over all DSNs: every one that was reserved is in exactly one state.
package struct DSNAccount: Sendable, Equatable {
    /// DSNs that came into the pool, plus those a lost reserve may have taken.
    package var reserved: Int
    package var counts: [DSNRecord.State: Int]
    /// Reserved by requests whose reply was lost.
    package var unknown: Int

    package init(reserved: Int, counts: [DSNRecord.State: Int], unknown: Int) {
        self.reserved = reserved
        self.counts = counts
        self.unknown = unknown
    }

    package var sum: Int { counts.values.reduce(unknown, +) }
    package var isBalanced: Bool { reserved == sum }

    /// `reserved 16 = free 8 + assigned 0 + … + unknown 0`
    package var description: String {
        let terms = DSNRecord.State.allCases.map { "\($0.rawValue) \(counts[$0] ?? 0)" } + ["unknown \(unknown)"]
        return "reserved \(reserved) = \(terms.joined(separator: " + "))"
    }
}
