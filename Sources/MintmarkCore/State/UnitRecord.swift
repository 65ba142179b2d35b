// SPDX-License-Identifier: Apache-2.0

/// What the ledger knows of one unit.
package struct UnitRecord: Sendable, Equatable {
    /// State of the unit's registration. `unknown` is shown as `queued (checking)`.
    package enum Badge: String, Sendable, CaseIterable { case none, queued, unknown, registered, refused, quarantined }

    /// Hardware signature, else MAC address.
    package let hardware: String
    package let mac: MAC
    package let hwsig: HardwareSignature?
    package let dsn: DSN?
    /// Manufacturer's serial number given with the DSN.
    package let mfgSerial: String?
    package let runs: Int
    /// Of the last run that ended.
    package let outcome: Outcome?
    package let badge: Badge
    /// Why the unit is set aside; nil while it is not.
    package let quarantine: String?
    /// Set aside by a stop of the station: a run may go on with it once it has read it back.
    package let isInterrupted: Bool
    /// All was written and compared before a save whose end nobody saw, or a person found it whole: a run may finish it.
    package let isSaved: Bool

    package init(
        hardware: String, mac: MAC, hwsig: HardwareSignature?, dsn: DSN?, mfgSerial: String?, runs: Int,
        outcome: Outcome?, badge: Badge, quarantine: String?, isInterrupted: Bool = false,
        isSaved: Bool = false
    ) {
        self.hardware = hardware
        self.mac = mac
        self.hwsig = hwsig
        self.dsn = dsn
        self.mfgSerial = mfgSerial
        self.runs = runs
        self.outcome = outcome
        self.badge = badge
        self.quarantine = quarantine
        self.isInterrupted = isInterrupted
        self.isSaved = isSaved
    }
}
