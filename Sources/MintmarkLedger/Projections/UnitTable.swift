// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// Every unit that a run or an assignment named, by the hardware name that no provisioning changes.
final class UnitTable {
    struct Unit {
        let hardware: String
        let mac: String
        let hwsig: String?
        var dsn: String? { didSet { hasNewDSN = true } }
        /// Naming the DSN in an update makes SQLite write its index again, so it is named only when it changed.
        private(set) var hasNewDSN = false
        var mfgSerial: String?
        var runs: Int64 = 0
        var outcome: Outcome?
        var badge = UnitRecord.Badge.none
        /// Why it is set aside.
        var reason: String?
        var isInterrupted = false
        /// All was written and compared before a save that nobody saw end, or a person said so.
        var isSaved = false
    }

    private static let columns = "hardware, mac, hwsig, dsn, mfg_sn, runs, outcome, badge, reason, interrupted, saved"

    private let byHardware: SQLStatement
    private let byMAC: SQLStatement
    private let byDSN: SQLStatement
    private let insert: SQLStatement
    private let update: SQLStatement
    private let updateAll: SQLStatement

    init(_ connection: SQLConnection) throws(MintmarkError) {
        let select = "SELECT \(Self.columns) FROM unit WHERE"
        byHardware = try connection.prepare("\(select) hardware = ?")
        byMAC = try connection.prepare("\(select) mac = ?")
        byDSN = try connection.prepare("\(select) dsn = ?")
        insert = try connection.prepare(
            "INSERT INTO unit (first_seq, last_seq, \(Self.columns)) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)")
        update = try connection.prepare(
            """
            UPDATE unit SET mfg_sn = ?, runs = ?, outcome = ?, badge = ?, reason = ?, interrupted = ?, saved = ?,
                last_seq = ?
            WHERE hardware = ?
            """)
        updateAll = try connection.prepare(
            """
            UPDATE unit SET dsn = ?, mfg_sn = ?, runs = ?, outcome = ?, badge = ?, reason = ?, interrupted = ?,
                saved = ?, last_seq = ?
            WHERE hardware = ?
            """)
    }

    func unit(hardware: String) throws(MintmarkError) -> Unit? {
        try byHardware.first(hardware) { row throws(MintmarkError) in try Self.unit(row) }
    }

    func unit(mac: String) throws(MintmarkError) -> Unit? {
        try byMAC.first(mac) { row throws(MintmarkError) in try Self.unit(row) }
    }

    func unit(dsn: DSN) throws(MintmarkError) -> Unit? {
        try byDSN.first(dsn.description) { row throws(MintmarkError) in try Self.unit(row) }
    }

    /// The unit of an envelope's name: hardware name, DSN or MAC address.
    func unit(named name: String) throws(MintmarkError) -> Unit? {
        if let unit = try unit(hardware: name) { return unit }
        let known = try byDSN.first(name) { row throws(MintmarkError) in try Self.unit(row) }
        if let known { return known }
        return try unit(mac: name)
    }

    enum Match { case none, same(Unit), conflict(Unit) }

    /// Two signatures are two units, and so are two MAC addresses.
    func match(hwsig: String?, mac: String) throws(MintmarkError) -> Match {
        if let hwsig, let unit = try unit(hardware: hwsig) { return unit.mac == mac ? .same(unit) : .conflict(unit) }
        guard let unit = try unit(mac: mac) else { return .none }
        return hwsig == nil || unit.hwsig == nil || unit.hwsig == hwsig ? .same(unit) : .conflict(unit)
    }

    func add(_ unit: Unit, at sequence: Int64) throws(MintmarkError) {
        try insert.run(
            sequence, sequence, unit.hardware, unit.mac, unit.hwsig, unit.dsn, unit.mfgSerial, unit.runs,
            unit.outcome?.rawValue, unit.badge.rawValue, unit.reason,
            unit.interrupted, unit.saved)
    }

    func save(_ unit: Unit, at sequence: Int64) throws(MintmarkError) {
        if unit.hasNewDSN {
            return try updateAll.run(
                unit.dsn, unit.mfgSerial, unit.runs, unit.outcome?.rawValue, unit.badge.rawValue, unit.reason,
                unit.interrupted, unit.saved, sequence, unit.hardware)
        }
        try update.run(
            unit.mfgSerial, unit.runs, unit.outcome?.rawValue, unit.badge.rawValue, unit.reason, unit.interrupted,
            unit.saved, sequence, unit.hardware)
    }

    static func record(_ unit: Unit) throws(MintmarkError) -> UnitRecord {
        UnitRecord(
            hardware: unit.hardware, mac: try MAC(unit.mac),
            hwsig: try unit.hwsig.map { text throws(MintmarkError) in try HardwareSignature(text) },
            dsn: try unit.dsn.map { text throws(MintmarkError) in try DSN(text) }, mfgSerial: unit.mfgSerial,
            runs: Int(unit.runs), outcome: unit.outcome, badge: unit.badge, quarantine: unit.reason,
            isInterrupted: unit.isInterrupted, isSaved: unit.isSaved)
    }

    /// All units, those seen first first.
    static func all(_ connection: SQLConnection) throws(MintmarkError) -> [UnitRecord] {
        try connection.prepare("SELECT \(columns) FROM unit ORDER BY first_seq").all { row throws(MintmarkError) in
            try record(unit(row))
        }
    }

    private static func unit(_ row: SQLRow) throws(MintmarkError) -> Unit {
        Unit(
            hardware: row.text(0), mac: row.text(1), hwsig: row.optionalText(2), dsn: row.optionalText(3),
            mfgSerial: row.optionalText(4), runs: row.integer(5), outcome: row.isNull(6) ? nil : try row.choice(6),
            badge: try row.choice(7), reason: row.optionalText(8), isInterrupted: row.integer(9) != 0,
            isSaved: row.integer(10) != 0)
    }
}

extension UnitTable.Unit {
    /// Sets it aside. What a person has to decide stays a person's, whatever comes after.
    mutating func setAside(_ reason: String, isInterrupted: Bool) {
        self.isInterrupted = isInterrupted && (self.reason == nil || self.isInterrupted)
        self.reason = reason
    }

    mutating func release() {
        reason = nil
        isInterrupted = false
        if badge == .quarantined { badge = .none }
    }

    fileprivate var interrupted: Int64 { isInterrupted ? 1 : 0 }
    fileprivate var saved: Int64 { isSaved ? 1 : 0 }
}
