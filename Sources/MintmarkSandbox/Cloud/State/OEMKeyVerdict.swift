// SPDX-License-Identifier: Apache-2.0

/// What the cloud says of a unit's OEM key.
package enum OEMKeyVerdict: String, Sendable, CaseIterable {
    case accepted
    /// The DSN was never reserved.
    case unknownDSN = "unknown-dsn"
    /// Not encrypted for this DSN's public key.
    case undecryptable
    /// Not `SECONDS SECRET OEM-ID OEM-MODEL`, with or without one line end.
    case malformed
    case unknownOEM = "unknown-oem"
    case wrongSecret = "wrong-secret"
    /// Another company, or another OEM model, than the DSN was provisioned for.
    case otherOEM = "other-oem"
    case otherModel = "other-model"
}
