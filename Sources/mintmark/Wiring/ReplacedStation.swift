// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkLedger
import MintmarkStation

/// Puts a new machine in the place of one that is lost: its ledger from the mirror, a key, a head file.
enum ReplacedStation {
    /// `skip` is by how much every counter goes on; nil: by the number of DSNs that were free.
    ///
    /// `tell` gets one line for each thing as soon as it is made: what fails later does not take it back.
    static func make(
        _ file: StationFile, from mirror: String, actor: String, skip: Int?, tell: (String) -> Void
    ) async throws {
        let restore = try LedgerRestore(
            from: mirror, station: file.station, kind: file.kind, headFile: file.headFile)
        let newMirror = file.mirror.flatMap { LedgerMirror.isMirror($0) ? nil : $0 }
        if let newMirror { try LedgerMirror.checkEmpty(newMirror) }
        try Folders.make(forFile: file.ledger)
        if let path = file.headFile { try Folders.make(forFile: path) }
        if let key = try NewStation.makeHeadKey(file) { tell("Signing key: \(key)") }
        _ = try file.headSigning()
        let log = try restore.write(
            to: file.ledger, software: OpenStation.software.version, clock: SystemClock(), actor: actor, skip: skip)
        tell("Ledger of station \(file.station): \(file.ledger)")
        tell("Log \(log) continues log \(restore.continues) from entry \(restore.entries) on")
        if let signed = restore.signed {
            tell("LOST: the head file is over \(signed) entries, the mirror has \(restore.entries)")
        }
        if let newMirror {
            try LedgerMirror.create(newMirror, of: file.ledger)
            tell("Mirror of the ledger: \(newMirror)")
        }
        let reader = try LedgerReader(at: file.ledger)
        let earlier = try reader.headKeys().count
        var fault: (any Error)?
        do { try await OpenLedger.signHead(of: file) } catch { fault = error }
        for key in try reader.headKeys().dropFirst(earlier) { tell("Verifier key of its heads: \(key)") }
        tell("DSNs: \(try reader.account().description)")
        if let fault { throw fault }
    }

    /// Settles what is unknown by the old machine's ledger. Its registrations leave at the next session, looked up
    /// before they are sent.
    ///
    /// - Returns: whether the two agree in everything.
    static func reconcile(
        _ path: String, with old: String, actor: String, tell: (String) -> Void
    ) async throws -> Bool {
        let file = try StationFiles.station(path)
        let end = try LedgerReader(at: file.ledger).lostEnd(in: LedgerReader(at: old))
        let (settled, account) = try await OpenStation.with(path, tell: { $0.tellNotice() }) { opened in
            try MirrorSpool.takeOver(end.registrations.map(\.request), from: old, to: file.ledger)
            return (
                try await opened.station.reconcile(end, actor: actor),
                try await opened.ledger.read { try $0.account().description }
            )
        }
        tell("\(settled.found) DSNs found in \(old), \(settled.reserved) more came into the pool")
        if end.doubtful > 0 {
            tell("\(end.doubtful) DSNs that are free in \(old) are left alone: it ends in the middle of a session")
        }
        for conflict in settled.conflicts { tell("CONFLICT: DSN \(conflict.dsn) is \(conflict.description)") }
        tell("DSNs: \(account)")
        return settled.conflicts.isEmpty
    }
}
