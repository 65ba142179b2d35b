// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// What an auditor asks of a ledger. The page and the JSON are two forms of this one value.
///
/// Times are microseconds since 1970 UTC. A part that is nil could not be read; `gaps` says why.
package struct AuditReport: Sendable, Equatable {
    /// Version of the JSON form.
    static let version: Int64 = 1

    /// When the report was made, and by which version of this program.
    package let made: Int64
    package let software: String
    package let log: Log
    package let scope: Scope?
    package let verification: VerificationReport
    package let head: Head?
    package let window: UnanchoredWindow?
    package let account: DSNAccount?
    package let runs: Runs?
    package let events: AuditEvents
    /// Units that are set aside now, whatever the scope.
    package let aside: AuditList<Aside>?
    /// What could not be read, one sentence each.
    package let gaps: [String]

    package struct Log: Sendable, Equatable {
        /// Random id, lower-case hex.
        package let id: String
        package let station: String
        package let kind: String
        /// Version of the file's tables, and of the entries' envelope.
        package let fileVersion: Int64
        package let entryVersion: Int64
        /// Clouds that said they are sandboxes. Not empty: nothing in this ledger is a real product.
        package let sandboxes: [String]
    }

    /// Which entries the runs, lists and clock events are taken from.
    package struct Scope: Sendable, Equatable {
        package let period: Period
        package let entries: Int64
        /// Numbers of the first and the last of them; nil when there are none.
        package let first: Int64?
        package let last: Int64?
        package let firstTime: Int64?
        package let lastTime: Int64?
    }

    /// The newest signed head.
    package struct Head: Sendable, Equatable {
        package let size: Int64
        /// Lower-case hex.
        package let root: String
        package let signed: Int64
        package let signatures: [Signature]
    }

    package struct Signature: Sendable, Equatable {
        package enum Check: String, Sendable {
            /// A true signature by a key that the log introduced.
            case log
            /// A true cosignature by a witness whose key was given.
            case witness
            /// Nobody gave the key: it is only said to be there.
            case unchecked
        }

        package let name: String
        /// Eight lower-case hex digits, as C2SP signed-note makes them.
        package let keyID: String
        package let check: Check
        /// Seconds since 1970 UTC; of a checked cosignature.
        package let time: Int64?
    }

    /// Runs that began in the scope, by their outcome.
    package struct Runs: Sendable, Equatable {
        package internal(set) var counts: [Outcome: Int64] = [:]
        /// Dry runs stand apart: they save nothing, so they are in no yield.
        package internal(set) var dryRuns: [Outcome: Int64] = [:]
        /// Without a result yet, dry or not.
        package internal(set) var open: Int64 = 0

        package var ended: Int64 { counts.values.reduce(0, +) }
        /// What a yield is taken of: units that were good or bad.
        package var judged: Int64 { (counts[.pass] ?? 0) + (counts[.fail] ?? 0) }
    }

    package struct Aside: Sendable, Equatable {
        /// DSN, else hardware name.
        package let unit: String
        package let reason: String
        /// It goes on by itself when a run reads it back as expected; else a person has to decide.
        package let isInterrupted: Bool
        /// Last entry about the unit, and its time.
        package let entry: Int64
        package let time: Int64?
    }

    /// Nothing contradicts itself and no DSN is missing.
    package var isSound: Bool { verification.isIntact && account?.isBalanced == true && gaps.isEmpty }
}
