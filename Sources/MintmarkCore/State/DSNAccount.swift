// SPDX-License-Identifier: Apache-2.0

/// The sum over all DSNs: every one that was reserved is in exactly one state.
package struct DSNAccount: Sendable, Equatable {
    /// DSNs that came into the pool, plus those a lost reserve may have taken.
    package var reserved: Int
    package var counts: [DSNRecord.State: Int]
    /// Reserved by requests whose reply was lost. Those whose names are known stand in `counts`.
    package var unknown: Int

    package init(reserved: Int, counts: [DSNRecord.State: Int], unknown: Int) {
        self.reserved = reserved
        self.counts = counts
        self.unknown = unknown
    }

    package var sum: Int { counts.values.reduce(unknown, +) }
    /// How many are in this state, with or without a known name.
    package func count(of state: DSNRecord.State) -> Int { (counts[state] ?? 0) + (state == .unknown ? unknown : 0) }
    package var isBalanced: Bool { reserved == sum }

    /// `reserved 16 = free 8 + assigned 0 + … + unknown 0`
    package var description: String {
        let terms = DSNRecord.State.allCases.map { "\($0.rawValue) \(count(of: $0))" }
        return "reserved \(reserved) = \(terms.joined(separator: " + "))"
    }
}
