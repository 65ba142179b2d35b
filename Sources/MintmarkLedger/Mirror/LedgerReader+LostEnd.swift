// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

extension LedgerReader {
    /// What the old machine's ledger, found again, holds behind the entry at which this log continues it.
    ///
    /// An older copy of that ledger can show a DSN as free that a unit got later. So a copy that has not all that is known
    /// to be signed is refused, and free ones are believed only where a session's end is the last entry: behind any other
    /// entry more may have been committed.
    ///
    /// - Throws: `.badInput` when this log continues none or another one, or the old ledger's end is missing;
    ///   `.ledgerFault` when the old ledger is damaged; `.ledgerForked` when the two differ before that entry.
    package func lostEnd(in old: LedgerReader) throws(MintmarkError) -> LostEnd {
        guard let entry = try entries(type: .logContinue).last else {
            throw MintmarkError(
                .badInput, "this ledger continues no other one", next: "Nothing was lost, so nothing can be reconciled."
            )
        }
        let (continued, first) = (try entry.payload(LogContinue.self), entry.stamp.sequence)
        let log = continued.continues
        let summary = try old.summary()
        guard summary.log == log, summary.size >= first else {
            throw MintmarkError(
                .badInput,
                "\(old.path) holds log \(summary.log) of \(summary.size) entries, lost was log \(log) of more than \(first)",
                next: "Give the ledger of the machine that was replaced last.")
        }
        if let signed = continued.signed, summary.size < signed {
            throw MintmarkError(
                .badInput, "\(old.path) ends after \(summary.size) entries, the old machine signed \(signed)",
                next:
                    "Give the newest copy, with the file \(old.path)-wal from the same folder: it belongs to the ledger."
            )
        }
        let report = try LedgerVerifier(at: old.path).verify()
        guard report.isIntact else {
            throw LedgerFault.make("\(old.path) is damaged: \(report.findings.first?.what ?? "")")
        }
        guard try old.tree(over: first).root == tree(over: first).root else {
            throw MirrorFault.forked(old.path, "its first \(first) entries are not the ledger's")
        }
        let isEnded = try old.entries(summary.size - 1..<summary.size).last?.type == .sessionClose
        let known = Dictionary(try dsns().map { ($0.dsn, $0) }, uniquingKeysWith: { $1 })
        let units = Dictionary(try old.units().map { ($0.hardware, $0) }, uniquingKeysWith: { $1 })
        let there = try old.dsns()
        let doubtful = Set(isEnded ? [] : there.filter { $0.state == .free }.map(\.dsn))
        let reserved = try old.entries(first..<Int64.max, type: .dsnReserved)
            .map { entry throws(MintmarkError) in try entry.payload(DSNReserved.self) }
            .filter { known[$0.dsn] == nil && !doubtful.contains($0.dsn) }
        let found = there.filter { record in
            guard record.state != .unknown, !doubtful.contains(record.dsn) else { return false }
            guard let here = known[record.dsn] else { return record.state != .free }
            return here.state != record.state || here.unit != record.unit
        }.map { $0.found(on: $0.unit.flatMap { units[$0] }) }
        let pending = try old.look { try $0.pendingRegistrations() }.filter { $0.intent >= first }
        return LostEnd(
            reserved: reserved, found: found, registrations: pending,
            doubtful: doubtful.count { known[$0]?.state ?? .unknown == .unknown })
    }
}

extension DSNRecord {
    fileprivate func found(on unit: UnitRecord?) -> DSNReconciled {
        DSNReconciled(
            dsn: dsn, state: state, mac: unit?.mac, hwsig: unit?.hwsig, mfgSerial: unit?.mfgSerial, before: before,
            reason: reason ?? "the old machine's ledger shows it")
    }
}
