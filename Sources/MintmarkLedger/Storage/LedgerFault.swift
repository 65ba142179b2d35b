// SPDX-License-Identifier: Apache-2.0
internal import CSQLiteShim
internal import GRDB
internal import Glibc
internal import MintmarkCore

/// The errors of storage, made in one place so that they all say the same next step.
enum LedgerFault {
    static let keep = "Stop the station, keep the file as it is and run `mintmark ledger verify`."

    static func make(_ what: String) -> MintmarkError { MintmarkError(.ledgerFault, what, next: keep) }

    /// An error of SQLite: `.diskFull` when there was no room, else `.ledgerFault`.
    ///
    /// `code` is the extended result code, `system` the `errno` that SQLite saw, where it saw one.
    static func sqlite(_ code: Int32, _ message: String, system: Int32 = 0, doing what: String) -> MintmarkError {
        let noRoom = code & 0xFF == SQLITE_FULL || [ENOSPC, EDQUOT].contains(system) && code & 0xFF == SQLITE_IOERR
        if noRoom { return diskFull("no room on the disk while \(what)") }
        return make("\(what): \(message) (SQLite \(code))")
    }

    /// An error thrown by GRDB.
    static func wrap(_ error: any Error, doing what: String) -> MintmarkError {
        switch error {
        case let error as MintmarkError: error
        case let error as DatabaseError:
            sqlite(error.extendedResultCode.rawValue, error.message ?? "no message", doing: what)
        default: make("\(what): \(error)")
        }
    }

    /// An error of a call on a file.
    static func file(_ call: StaticString, _ path: String, _ code: Int32) -> MintmarkError {
        if [ENOSPC, EDQUOT].contains(code) { return diskFull("no room on the disk for \(path)", errno: code) }
        return MintmarkError(
            .ledgerFault, "\(call) \(path): \(String(cString: strerror(code)))",
            next: "Check the folder, its owner and its permissions, then run `mintmark doctor`.", errno: code)
    }

    /// An entry that the state of the ledger does not allow: the act is refused, the ledger goes on.
    static func misfit(_ what: String) -> MintmarkError {
        MintmarkError(.stationFault, what, next: "Put the unit aside and report this as a bug.")
    }

    private static func diskFull(_ what: String, errno: Int32? = nil) -> MintmarkError {
        MintmarkError(.diskFull, what, next: "Free some space, then start the station again.", errno: errno)
    }
}
