// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// The errors of mirrors. Those of the mirror's disk never stop a station; what the mirror *says* can.
enum MirrorFault {
    static func make(
        _ what: String, next: String = "Bring the mirror's disk back; what is missing is copied then."
    ) -> MintmarkError {
        MintmarkError(.mirrorFault, what, next: next)
    }

    static func away(_ folder: String) -> MintmarkError {
        make(
            "there is no mirror in \(folder)",
            next: "Mount its disk. For a new mirror only: run `mintmark ledger mirror --new`.")
    }

    static func forked(_ folder: String, _ what: String) -> MintmarkError {
        MintmarkError(
            .ledgerForked, "ledger and mirror \(folder) are forked: \(what)",
            next: "Find out which of them is the true one; do not work on before it is explained.")
    }

    static func rolledBack(_ what: String) -> MintmarkError {
        MintmarkError(
            .ledgerRolledBack, "the ledger was rolled back: \(what)",
            next: "Put the newer ledger back; with an older one the station could give a DSN twice.")
    }

    /// Runs calls on the mirror's files; what fails there is the mirror's, not the ledger's.
    static func io<Answer>(_ body: () throws(MintmarkError) -> Answer) throws(MintmarkError) -> Answer {
        do throws(MintmarkError) { return try body() } catch {
            throw make("the mirror cannot be used: \(error.what)")
        }
    }
}
