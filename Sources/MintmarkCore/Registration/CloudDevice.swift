// SPDX-License-Identifier: Apache-2.0

/// A device as the Factory Proxy Service shows it. Everything but the DSN may be missing.
package struct CloudDevice: Sendable, Equatable {
    package var dsn: DSN
    package var model: String?
    /// As sent: separators and letter case vary.
    package var mac: String?
    package var hwsig: String?
    package var oemID: String?
    package var oemModel: String?
    package var oemHostVersion: String?
    package var manufModel: String?
    package var manufSN: String?
    package var odm: String?
    package var firmware: String?
    /// Life-cycle word of a search answer, where the service gives one.
    package var state: String?

    package init(dsn: DSN) { self.dsn = dsn }
}
