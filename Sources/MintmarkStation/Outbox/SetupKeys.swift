// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// The sealed spool, as much of it as a station needs: Wi-Fi setup keys that wait for their registration.
package struct SetupKeys: Sendable {
    /// Durable before it returns.
    package var put: @Sendable (_ key: SharedSecret, _ request: String) throws -> Void
    package var take: @Sendable (_ request: String) throws -> SharedSecret?
    package var wipe: @Sendable (_ request: String) throws -> Void

    package init(
        put: @escaping @Sendable (SharedSecret, String) throws -> Void,
        take: @escaping @Sendable (String) throws -> SharedSecret?, wipe: @escaping @Sendable (String) throws -> Void
    ) {
        self.put = put
        self.take = take
        self.wipe = wipe
    }

    /// For a station whose units have no setup key.
    package static let none = SetupKeys(
        put: { _, _ in
            throw MintmarkError(
                .badStationFile, "this station has no spool key",
                next: "Name spool-key under secrets in the station file.")
        }, take: { _ in nil }, wipe: { _ in })
}
