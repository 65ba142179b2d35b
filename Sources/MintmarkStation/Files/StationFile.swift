// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// A station file, checked: what the bench is, where its cloud, ledger, secrets and slots are.
package struct StationFile: Sendable, Equatable {
    package var station: String
    package var kind: StationKind
    package var template: Template
    package var account: CloudAccount
    /// The user's role, where the cloud may name another of several.
    package var role: CloudRole?
    package var environment: CloudEnvironment
    package var endpoints: CloudEndpoints
    /// Absolute path of a PEM file trusted instead of the system's roots.
    package var caFile: String?
    /// `http://host:port` of a proxy all cloud traffic goes through.
    package var proxy: String?
    package var secrets: [SecretName: SecretSource]
    /// Absolute path of the ledger's SQLite file.
    package var ledger: String
    /// Absolute path of a file, on another disk if there is one, that holds the newest signed head.
    package var headFile: String?
    /// Absolute path of a folder, on another disk or host, that gets a copy of every entry.
    package var mirror: String?
    /// Who cosigns the newest head.
    package var witnesses: [WitnessEntry]
    package var offline: OfflineLimits
    /// Nil: DSNs come only when a person reserves or imports them.
    package var pool: PoolRefill?
    package var slots: [SlotConfiguration]
    /// The network that units join for their test; only of `verify` stations, which must have one.
    package var testWifi: TestWifi?

    package var oemID: String { account.oemID }
}

/// One seat of the bench.
package struct SlotConfiguration: Sendable, Equatable {
    package enum Port: Sendable, Hashable {
        /// Device node, as `/dev/ttyUSB0`.
        case path(String)
        /// Bus-port path and interface, as `1-1.4:1.0`.
        case usb(String)
    }

    package var name: String
    package var port: Port
    /// Bits per second.
    package var baud: Int
}

/// The secrets a station file may name.
package enum SecretName: String, Sendable, CaseIterable {
    case oemSecret = "oem-secret"
    /// JSON with `email`, `password`, `app_id`, `app_secret`.
    case user
    case spoolKey = "spool-key"
    /// Ed25519 private key in PEM that signs heads of the ledger.
    case headKey = "head-key"
    /// The key before it, while heads are to carry both signatures.
    case headKeyBefore = "head-key-before"
    /// PIN of the token that a `pkcs11:` head key is in.
    case headPIN = "head-pin"
    /// Key of the network that units join for their test.
    case testWifiKey = "test-wifi-key"

    /// Whether it may stay in a PKCS#11 token.
    package var mayStayInToken: Bool { self == .headKey || self == .headKeyBefore }
}

/// Where a secret is; never what it is.
package enum SecretSource: Sendable, Equatable {
    /// Absolute path of a file of mode 0600 (or 0400).
    case file(String)
    /// Name of a systemd credential (`$CREDENTIALS_DIRECTORY/NAME`).
    case credential(String)
    /// PKCS#11 URI (RFC 7512) of a key that never leaves its token.
    case token(String)
}
