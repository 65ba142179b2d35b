// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

extension LedgerReader {
    /// What the old machine's ledger, found again, holds behind the entry at which this log continues it.
    ///
    /// - Throws: `.badInput` when this log continues none or another one; `.ledgerFault` when the old ledger is damaged;
    ///   `.ledgerForked` when the two differ before that entry.
    package func lostEnd(in old: LedgerReader) throws(MintmarkError) -> LostEnd {
        guard let entry = try entries(type: .logContinue).last else {
            throw MintmarkError(
                .badInput, "this ledger continues no other one", next: "Nothing was lost, so nothing can be reconciled."
            )
        }
        let (log, first) = (try entry.payload(LogContinue.self).continues, entry.stamp.sequence)
        let summary = try old.summary()
        guard summary.log == log, summary.size >= first else {
            throw MintmarkError(
                .badInput,
                "\(old.path) holds log \(summary.log) of \(summary.size) entries, lost was log \(log) of more than \(first)",
                next: "Give the ledger of the machine that was replaced last.")
        }
        let report = try LedgerVerifier(at: old.path).verify()
        guard report.isIntact else {
            throw LedgerFault.make("\(old.path) is damaged: \(report.findings.first?.what ?? "")")
        }
        guard try old.tree(over: first).root == tree(over: first).root else {
            throw MirrorFault.forked(old.path, "its first \(first) entries are not the ledger's")
        }
        let known = Dictionary(try dsns().map { ($0.dsn, $0.state) }, uniquingKeysWith: { $1 })
        let units = Dictionary(try old.units().map { ($0.hardware, $0) }, uniquingKeysWith: { $1 })
        let reserved = try old.entries(first..<Int64.max, type: .dsnReserved)
            .map { entry throws(MintmarkError) in try entry.payload(DSNReserved.self) }.filter { known[$0.dsn] == nil }
        let found = try old.dsns().filter { record in
            switch known[record.dsn] {
            case .unknown?: record.state != .unknown
            case nil: record.state != .free && record.state != .unknown
            default: false
            }
        }.map { $0.found(on: $0.unit.flatMap { units[$0] }) }
        let pending = try old.look { try $0.pendingRegistrations() }.filter { $0.intent >= first }
        return LostEnd(reserved: reserved, found: found, registrations: pending)
    }
}

extension DSNRecord {
    fileprivate func found(on unit: UnitRecord?) -> DSNReconciled {
        DSNReconciled(
            dsn: dsn, state: state, mac: unit?.mac, hwsig: unit?.hwsig, mfgSerial: unit?.mfgSerial, before: before,
            reason: reason ?? "the old machine's ledger shows it")
    }
}
