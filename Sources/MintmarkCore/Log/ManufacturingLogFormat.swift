// SPDX-License-Identifier: Apache-2.0

/// Version of the manufacturing log's lines; field 1. Each has the fields of the one before and some behind them.
///
/// Source: Ayla Factory Service API specification v2.2, "Manufacturing log format".
package enum ManufacturingLogFormat: Int, Sendable, CaseIterable {
    /// Twelve fields, up to the comment.
    case v2 = 2
    /// Seventeen fields: OEM, connection, ODM and software version follow.
    case v3 = 3
    /// Eighteen fields: the Wi-Fi setup key follows, a secret.
    case v4 = 4

    package var fieldCount: Int {
        switch self {
        case .v2: 12
        case .v3: 17
        case .v4: 18
        }
    }
}
