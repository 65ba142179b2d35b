// SPDX-License-Identifier: Apache-2.0

/// What a full check of a ledger found.
package struct VerificationReport: Sendable, Equatable {
    package struct Finding: Sendable, Equatable {
        /// Entry it is about; nil when it is about the file as a whole.
        package let sequence: Int64?
        package let what: String
    }

    /// A log that another one went on from, after the machine that wrote it was lost.
    package struct EarlierLog: Sendable, Equatable {
        /// Name under its heads.
        package let origin: String
        /// How many of the first entries are its own or those of logs before it.
        package let entries: Int64
    }

    /// Up to where, and by which head.
    package struct Proof: Sendable, Equatable {
        package let size: Int64
        package let by: String
    }

    package enum Verdict: Sendable, Equatable {
        /// The entries fit a head that was held outside the factory.
        case proven(Proof)
        /// The file agrees with itself; whether all of it was changed together nobody can tell from it.
        case consistent
        case broken
    }

    package enum ProjectionCheck: String, Sendable {
        case equal, different
        /// The entries are damaged, or it was not asked for.
        case notChecked = "not checked"
    }

    /// Findings kept with their text; more are only counted.
    package static let findingLimit = 100

    /// Id of the log, of the newest one where logs were continued.
    package internal(set) var log: String
    /// The logs before it, the oldest first.
    package internal(set) var earlier: [EarlierLog] = []
    package internal(set) var station: String
    /// Entries that could be read.
    package internal(set) var entries: Int64 = 0
    /// Of those, the ones that are byte for byte what was committed.
    package internal(set) var intact: Int64 = 0
    /// Stored roots that were compared with the tree.
    package internal(set) var roots: Int64 = 0
    /// RFC 6962 root over the entries up to the first gap, lower-case hex.
    package internal(set) var root = ""
    /// The lowest entry with which something is wrong; everything below it is good.
    package private(set) var firstBad: Int64?
    /// Signed heads in the file that fit the entries and were signed by a key the log introduced.
    package internal(set) var heads: Int64 = 0
    /// Entries that the newest such head covers.
    package internal(set) var signed: Int64 = 0
    /// Keys of the log that signed the newest head, as C2SP verifier keys.
    package internal(set) var keys: [String] = []
    /// The largest head from outside that the entries fit.
    package internal(set) var proven: Proof?
    package internal(set) var projections = ProjectionCheck.notChecked
    package private(set) var findings: [Finding] = []
    package private(set) var findingCount = 0

    init(log: String, station: String) {
        self.log = log
        self.station = station
    }

    package var isIntact: Bool { findingCount == 0 }

    package var verdict: Verdict { isIntact ? proven.map { .proven($0) } ?? .consistent : .broken }

    mutating func add(_ sequence: Int64?, _ what: String) {
        findingCount += 1
        if let sequence { firstBad = min(firstBad ?? sequence, sequence) }
        if findings.count < Self.findingLimit { findings.append(Finding(sequence: sequence, what: what)) }
    }
}
