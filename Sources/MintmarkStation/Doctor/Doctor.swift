// SPDX-License-Identifier: Apache-2.0
internal import Glibc
package import MintmarkCore

/// Looks at everything a station needs before a shift, in the order in which a person would mend it.
package struct Doctor: Sendable {
    /// The checks that reach outside of this module.
    package struct Outside: Sendable {
        /// Device node of a slot's port.
        package var devicePath: @Sendable (SlotConfiguration) throws -> String
        /// Takes the ledger's lock and gives it back.
        package var lockLedger: @Sendable () throws -> Void
        /// How far the mirror is behind; nil when the station has none.
        package var mirrorLag: @Sendable () throws -> MirrorLag?
        /// Whether something keeps the machine's clock in step.
        package var isClockSynced: @Sendable () -> Bool
        /// Id of the head key, when the ledger lets it sign.
        package var headKey: @Sendable () throws -> String
        package var heads: @Sendable () throws -> Heads
        /// Compares the head in the file of this path with the ledger; how many entries it covers.
        package var headFile: @Sendable (String) throws -> Int64
        /// Signs in and out again; the user's role.
        package var signIn: @Sendable () async throws -> String

        package init(
            devicePath: @escaping @Sendable (SlotConfiguration) throws -> String,
            lockLedger: @escaping @Sendable () throws -> Void,
            mirrorLag: @escaping @Sendable () throws -> MirrorLag?,
            isClockSynced: @escaping @Sendable () -> Bool,
            headKey: @escaping @Sendable () throws -> String,
            heads: @escaping @Sendable () throws -> Heads,
            headFile: @escaping @Sendable (String) throws -> Int64,
            signIn: @escaping @Sendable () async throws -> String
        ) {
            self.devicePath = devicePath
            self.lockLedger = lockLedger
            self.mirrorLag = mirrorLag
            self.isClockSynced = isClockSynced
            self.headKey = headKey
            self.heads = heads
            self.headFile = headFile
            self.signIn = signIn
        }
    }

    /// Space under which no unit should be begun, in bytes.
    static let leastSpace: UInt64 = 256 << 20

    let file: StationFile
    let outside: Outside

    package init(file: StationFile, outside: Outside) {
        self.file = file
        self.outside = outside
    }

    /// Gives every finding as soon as it is known.
    package func examine(_ tell: (DoctorFinding) -> Void) async {
        for slot in file.slots { tell(port(slot)) }
        tell(modemManager())
        for name in SecretName.allCases { if let source = file.secrets[name] { tell(secret(name, source)) } }
        tell(clock())
        tell(disk())
        tell(ledger())
        for finding in heads() { tell(finding) }
        if let finding = mirror() { tell(finding) }
        tell(await cloud())
    }

    private func port(_ slot: SlotConfiguration) -> DoctorFinding {
        let name = "port \(slot.name)"
        do {
            let path = try outside.devicePath(slot)
            guard access(path, F_OK) == 0 else {
                return DoctorFinding(
                    name, .bad, "there is no \(path)",
                    cure: "Plug the adapter in, or correct the slot; see `mintmark ports`.")
            }
            guard access(path, R_OK | W_OK) == 0 else {
                return DoctorFinding(
                    name, .bad, "no permission for \(path)", cure: "Add the user to the group dialout and log in again."
                )
            }
            return DoctorFinding(name, .good, path)
        } catch {
            return DoctorFinding(name, error.asMintmark)
        }
    }

    /// It types AT commands into every new serial adapter unless a udev rule says not to.
    private func modemManager() -> DoctorFinding {
        guard ProcessTable.isRunning("ModemManager") else { return DoctorFinding("ModemManager", .good, "not running") }
        return DoctorFinding(
            "ModemManager", .warning, "it is running and may type into the adapters",
            cure: "Stop it, or add a udev rule with ENV{ID_MM_DEVICE_IGNORE}=\"1\" for the adapters.")
    }

    private func secret(_ name: SecretName, _ source: SecretSource) -> DoctorFinding {
        if source.isToken { return DoctorFinding("secret \(name.rawValue)", .good, "stays in its token") }
        do {
            _ = try source.read(name.rawValue)
            return DoctorFinding("secret \(name.rawValue)", .good, "readable by this user only")
        } catch {
            return DoctorFinding("secret \(name.rawValue)", error)
        }
    }

    private func clock() -> DoctorFinding {
        outside.isClockSynced()
            ? DoctorFinding("clock", .good, "synchronised")
            : DoctorFinding(
                "clock", .warning, "not synchronised; entries say so", cure: "Start chrony or systemd-timesyncd.")
    }

    private func disk() -> DoctorFinding {
        let folder = file.ledger.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" }
        var space = Glibc.statvfs()
        guard statvfs(folder.isEmpty ? "/" : folder, &space) == 0 else {
            return DoctorFinding(
                "disk", .bad, "there is no folder \(folder)", cure: "Make the ledger's folder, or correct `ledger:`.")
        }
        let free = UInt64(space.f_bavail) * UInt64(space.f_frsize)
        return free >= Self.leastSpace
            ? DoctorFinding("disk", .good, "\(free >> 20) MiB free at the ledger")
            : DoctorFinding("disk", .bad, "\(free >> 20) MiB free at the ledger", cure: "Free space before the shift.")
    }

    private func ledger() -> DoctorFinding {
        do {
            try outside.lockLedger()
            return DoctorFinding("ledger", .good, "present and free")
        } catch {
            return DoctorFinding("ledger", error.asMintmark)
        }
    }

    private func mirror() -> DoctorFinding? {
        do {
            guard let lag = try outside.mirrorLag() else { return nil }
            return lag.missing == 0
                ? DoctorFinding("mirror", .good, lag.description)
                : DoctorFinding("mirror", .warning, lag.description, cure: "Run `mintmark ledger mirror`.")
        } catch {
            return DoctorFinding("mirror", error.asMintmark)
        }
    }

    private func cloud() async -> DoctorFinding {
        do {
            let role = try await outside.signIn()
            let needed = file.kind.roles
            return needed.contains(role)
                ? DoctorFinding("cloud", .good, "signed in as \(role)")
                : DoctorFinding(
                    "cloud", .bad, "signed in as \(role), which may not \(file.kind.call.rawValue)",
                    cure: "Give the user the role \(needed.joined(separator: " or ")).")
        } catch {
            return DoctorFinding("cloud", error.asMintmark)
        }
    }
}

extension StationKind {
    /// Roles that may make this station's calls. Source: Ayla Factory Service API specification v2.2, roles.
    var roles: [String] {
        switch self {
        case .label: ["OEM::ModuleManufacturer", "OEM::Admin"]
        case .config: ["OEM::ModuleOEMManufacturer", "OEM::Admin"]
        }
    }
}
