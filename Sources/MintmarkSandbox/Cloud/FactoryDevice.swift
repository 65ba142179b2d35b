// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// A device as the virtual Factory Proxy Service keeps it.
package struct FactoryDevice: Sendable, Equatable {
    package enum State: String, Sendable, Comparable {
        case reserved, manufactured, provisioned

        package static func < (left: State, right: State) -> Bool {
            let order: [State] = [.reserved, .manufactured, .provisioned]
            return (order.firstIndex(of: left) ?? 0) < (order.firstIndex(of: right) ?? 0)
        }
    }

    package let dsn: DSN
    package let model: String
    /// Number of the key pair.
    let number: Int
    package var state = State.reserved
    /// Tenant that reserved it.
    let reservedBy: String
    /// Tenant it was provisioned for.
    package var oem: String?
    /// Text fields as sent: mac, hwsig, odm, manuf_model, …
    package var fields: [String: String] = [:]
    package var connected: Bool?
    /// Seconds since 1970.
    package var domAt: Int64?
    /// How often a manufacture or provision call changed it.
    package var registrations = 0
}
