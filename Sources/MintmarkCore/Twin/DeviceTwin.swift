// SPDX-License-Identifier: Apache-2.0

/// A device's digital twin as the Device Service shows it. Everything but the DSN may be missing: what is shown varies
/// with role and type of device.
///
/// Source: Ayla Device Service API, object `device`.
package struct DeviceTwin: Sendable, Equatable {
    package var dsn: DSN
    /// The number that some calls want instead of the DSN.
    package var key: Int64?
    /// The module's model.
    package var model: String?
    package var oemID: String?
    package var oemModel: String?
    /// As sent: separators and letter case vary.
    package var mac: String?
    package var hwsig: String?
    package var softwareVersion: String?
    /// Nil when no template was associated.
    package var templateID: Int64?
    package var hasProperties: Bool?
    /// `Online`, `PollingOnline`, `Initializing`, `Offline`, or a word that is not known yet.
    package var connectionStatus: String?
    /// ISO 8601, as sent; of the last connection.
    package var connectedAt: String?
    /// ISO 8601, as sent; of the first connection that was no test. Nil for a unit that no customer used.
    package var activatedAt: String?
    package var isRegistered: Bool?
    /// Owner, as number or text; nil when nobody owns it.
    package var userID: String?
    /// ISO 8601, as sent; set when the cloud did not believe the unit's OEM secret.
    package var oemAuthenticationFailedAt: String?

    package init(dsn: DSN) { self.dsn = dsn }
}
