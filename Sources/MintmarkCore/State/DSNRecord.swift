// SPDX-License-Identifier: Apache-2.0

/// A reserved DSN and where it is.
package struct DSNRecord: Sendable, Equatable {
    package enum State: String, Sendable, CaseIterable {
        case free, assigned, written, registered, burned, returned, quarantined, transferred
        /// The end of an earlier log was lost; it may have been given to a unit.
        case unknown
    }

    package let dsn: DSN
    package let model: String
    /// DER of the RSA public key.
    package let publicKey: [UInt8]
    package let state: State
    /// Hardware name (hardware signature, else MAC) of the unit it was given to.
    package let unit: String?
    /// Hardware name of the unit it was on when it was burned.
    package let burnedOn: String?
    package let reason: String?
    /// State to which the end of a quarantine leads back.
    package let before: State?

    package init(
        dsn: DSN, model: String, publicKey: [UInt8], state: State, unit: String?, burnedOn: String? = nil,
        reason: String?, before: State? = nil
    ) {
        self.dsn = dsn
        self.model = model
        self.publicKey = publicKey
        self.state = state
        self.unit = unit
        self.burnedOn = burnedOn
        self.reason = reason
        self.before = before
    }
}
