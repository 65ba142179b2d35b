// SPDX-License-Identifier: Apache-2.0

/// What a unit says it is, before and after anything is written to it.
package struct UnitIdentity: Sendable, Equatable {
    package var mac: MAC
    package var hwsig: HardwareSignature?
    /// The module's serial; nil while it was never labelled.
    package var dsn: DSN?
    package var model: String?
    package var mfgModel: String?
    package var mfgSerial: String?

    package init(
        mac: MAC, hwsig: HardwareSignature?, dsn: DSN? = nil, model: String? = nil, mfgModel: String? = nil,
        mfgSerial: String? = nil
    ) {
        self.mac = mac
        self.hwsig = hwsig
        self.dsn = dsn
        self.model = model
        self.mfgModel = mfgModel
        self.mfgSerial = mfgSerial
    }

    /// The unit's name in the ledger: its DSN; before it has one its hardware signature, else its MAC address.
    package var name: String { dsn?.description ?? hardwareName }

    /// The unit's name that no provisioning changes: hardware signature, else MAC address.
    package var hardwareName: String { hwsig?.description ?? mac.description }
}
