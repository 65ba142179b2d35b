// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkLedger
import MintmarkStation

/// Puts a new machine in the place of one that is lost: its ledger from the mirror, a key, a head file.
enum ReplacedStation {
    /// `skip` is by how much every counter goes on; nil: by the number of DSNs that were free.
    ///
    /// - Returns: what was made, one line each.
    static func make(_ file: StationFile, from mirror: String, actor: String, skip: Int?) async throws -> [String] {
        let restore = try LedgerRestore(
            from: mirror, station: file.station, kind: file.kind, headFile: file.headFile)
        let newMirror = file.mirror.flatMap { LedgerMirror.isMirror($0) ? nil : $0 }
        if let newMirror { try LedgerMirror.checkEmpty(newMirror) }
        try Folders.make(forFile: file.ledger)
        if let path = file.headFile { try Folders.make(forFile: path) }
        var made: [String] = []
        if let key = try NewStation.makeHeadKey(file) { made.append("Signing key: \(key)") }
        _ = try file.headSigning()
        let log = try restore.write(
            to: file.ledger, software: OpenStation.software.version, clock: SystemClock(), actor: actor, skip: skip)
        made.append("Ledger of station \(file.station): \(file.ledger)")
        made.append("Log \(log) continues log \(restore.continues) from entry \(restore.entries) on")
        if let signed = restore.signed {
            made.append("LOST: the head file is over \(signed) entries, the mirror has \(restore.entries)")
        }
        if let newMirror {
            try LedgerMirror.create(newMirror, of: file.ledger)
            made.append("Mirror of the ledger: \(newMirror)")
        }
        try await OpenLedger.signHead(of: file)
        let reader = try LedgerReader(at: file.ledger)
        for key in try reader.headKeys().suffix(1) { made.append("Verifier key of its heads: \(key)") }
        made.append("DSNs: \(try reader.account().description)")
        return made
    }

    /// Settles what is unknown by the old machine's ledger. Its registrations leave at the next session, looked up
    /// before they are sent.
    ///
    /// - Returns: what came of it, one line each.
    static func reconcile(_ path: String, with old: String, actor: String) async throws -> [String] {
        let file = try StationFiles.station(path)
        let end = try LedgerReader(at: file.ledger).lostEnd(in: LedgerReader(at: old))
        return try await OpenStation.with(path, tell: { _ in }) { opened in
            try MirrorSpool.takeOver(end.registrations.map(\.request), from: old, to: file.ledger)
            let settled = try await opened.station.reconcile(end, actor: actor)
            var lines = ["\(settled.found) DSNs found in \(old), \(end.reserved.count) more came into the pool"]
            lines += settled.conflicts.map {
                "CONFLICT: \($0) was on a unit that has another DSN here; it stays unknown"
            }
            lines.append("DSNs: \(try await opened.ledger.read { try $0.account().description })")
            return lines
        }
    }
}
