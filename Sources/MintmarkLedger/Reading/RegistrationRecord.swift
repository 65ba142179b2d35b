// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// One registration and what is known of it.
package struct RegistrationRecord: Sendable, Equatable {
    /// UUIDv7.
    package let request: String
    package let dsn: DSN
    package let badge: UnitRecord.Badge
    /// Sequence number of the intent, and of the last entry about it.
    package let intent: Int64
    package let last: Int64
}
