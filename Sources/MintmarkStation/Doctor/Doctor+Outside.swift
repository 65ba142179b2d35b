// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

extension Doctor {
    /// The checks that reach outside of this module.
    package struct Outside: Sendable {
        /// Device node of a slot's port.
        package var devicePath: @Sendable (SlotConfiguration) throws -> String
        /// Whether a process of this name runs.
        package var isRunning: @Sendable (String) -> Bool
        /// Whether something keeps the machine's clock in step.
        package var isClockSynced: @Sendable () -> Bool
        /// Whether a person vouches for it in the ledger.
        package var isClockConfirmed: @Sendable () throws -> Bool
        /// Takes the ledger's lock and gives it back.
        package var lockLedger: @Sendable () throws -> Void
        /// How far the mirror is behind; nil when the station has none.
        package var mirrorLag: @Sendable () throws -> MirrorLag?
        /// SQLite's version, as `3.46.1`.
        package var sqliteVersion: @Sendable () -> String
        /// Free DSNs and waiting registrations.
        package var stock: @Sendable () throws -> StationStock
        /// Id of the head key, when the ledger lets it sign.
        package var headKey: @Sendable () throws -> String
        package var heads: @Sendable () throws -> Heads
        /// Compares the head in the file of this path with the ledger; how many entries it covers.
        package var headFile: @Sendable (String) throws -> Int64
        package var reach: @Sendable (CloudAddress, ProbeDepth, Deadline) async throws -> Reached
        /// Signs in and out again; the user's role.
        package var signIn: @Sendable () async throws -> String

        package init(
            devicePath: @escaping @Sendable (SlotConfiguration) throws -> String,
            isRunning: @escaping @Sendable (String) -> Bool, isClockSynced: @escaping @Sendable () -> Bool,
            isClockConfirmed: @escaping @Sendable () throws -> Bool,
            lockLedger: @escaping @Sendable () throws -> Void,
            mirrorLag: @escaping @Sendable () throws -> MirrorLag?, sqliteVersion: @escaping @Sendable () -> String,
            stock: @escaping @Sendable () throws -> StationStock,
            headKey: @escaping @Sendable () throws -> String, heads: @escaping @Sendable () throws -> Heads,
            headFile: @escaping @Sendable (String) throws -> Int64,
            reach: @escaping @Sendable (CloudAddress, ProbeDepth, Deadline) async throws -> Reached,
            signIn: @escaping @Sendable () async throws -> String
        ) {
            self.devicePath = devicePath
            self.isRunning = isRunning
            self.isClockSynced = isClockSynced
            self.isClockConfirmed = isClockConfirmed
            self.lockLedger = lockLedger
            self.mirrorLag = mirrorLag
            self.sqliteVersion = sqliteVersion
            self.stock = stock
            self.headKey = headKey
            self.heads = heads
            self.headFile = headFile
            self.reach = reach
            self.signIn = signIn
        }
    }

    /// What a connection showed.
    package struct Reached: Sendable, Equatable {
        /// IP address of the other side, or of the name.
        let peer: String
        /// Seconds until the certificate ends; nil without TLS.
        let certificateLeft: Int64?

        package init(peer: String, certificateLeft: Int64?) {
            self.peer = peer
            self.certificateLeft = certificateLeft
        }
    }
}
