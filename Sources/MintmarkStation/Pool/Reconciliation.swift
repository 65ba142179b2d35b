// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// What came of comparing a ledger with that of the machine that was replaced.
package struct Reconciliation: Sendable, Equatable {
    /// A DSN that the two put in different places.
    package struct Conflict: Sendable, Equatable {
        package let dsn: DSN
        /// One clause: where it is by either of them.
        package let description: String
    }

    /// DSNs that were unknown and are found.
    package var found = 0
    /// DSNs that came into the pool only in the lost end.
    package var reserved = 0
    package var conflicts: [Conflict] = []
}

extension Reconciliation.Conflict {
    /// The DSN has its place here, and another one there.
    static func settled(_ there: DSNReconciled, _ here: DSNRecord) -> Self {
        let place = here.unit.map { "\(here.state.rawValue) on unit \($0)" } ?? here.state.rawValue
        return Self(dsn: there.dsn, description: "\(there.place) in the old ledger, \(place) here")
    }

    /// The DSN is unknown here, and its unit there has another one here.
    static func unsettled(_ there: DSNReconciled) -> Self {
        Self(
            dsn: there.dsn,
            description: "\(there.place) in the old ledger, which does not fit what is here; it stays unknown")
    }
}

extension DSNReconciled {
    fileprivate var place: String {
        (hwsig?.description ?? mac?.description).map { "\(state.rawValue) on unit \($0)" } ?? state.rawValue
    }
}
