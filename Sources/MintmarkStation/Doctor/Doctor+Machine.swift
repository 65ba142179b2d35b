// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import MintmarkCore

extension Doctor {
    var ports: [DoctorCheck] {
        file.slots.map { slot in DoctorCheck("port \(slot.name)") { port(slot) } }
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

    /// Programs that take hold of serial adapters, and the clock.
    var machine: [DoctorCheck] {
        [
            // It types AT commands into every new serial adapter unless a udev rule says not to.
            DoctorCheck("ModemManager") {
                stranger(
                    "ModemManager", does: "may type into the adapters",
                    cure: "Stop it, or add a udev rule with ENV{ID_MM_DEVICE_IGNORE}=\"1\" for the adapters.")
            },
            // It takes adapters whose chips are also in Braille displays; their tty disappears while it holds them.
            DoctorCheck("brltty") {
                stranger(
                    "brltty", does: "takes adapters with a CH340, CP210x or FTDI chip for Braille displays",
                    cure:
                        "Remove the package, or mask the service: `systemctl mask --now brltty.service brltty-udev.service`."
                )
            },
            DoctorCheck("clock") { clock() },
        ]
    }

    private func clock() -> DoctorFinding {
        guard !outside.isClockSynced() else { return DoctorFinding("clock", .good, "synchronised") }
        if (try? outside.isClockConfirmed()) == true {
            return DoctorFinding(
                "clock", .good, "not synchronised; a person confirmed it since the machine was started")
        }
        let text = "not synchronised; entries say so"
        let waits = file.kind.call != nil && !file.hasCloudsClock
        return DoctorFinding(
            "clock", .warning, waits ? "\(text), and units made by it are not registered" : text,
            cure: "Start chrony or systemd-timesyncd, or compare it: `mintmark station confirm-time FILE TIME`.")
    }

    private func stranger(_ name: String, does what: String, cure: String) -> DoctorFinding {
        outside.isRunning(name)
            ? DoctorFinding(name, .warning, "it is running and \(what)", cure: cure)
            : DoctorFinding(name, .good, "not running")
    }

    var secrets: [DoctorCheck] {
        SecretName.allCases.compactMap { name in
            file.secrets[name].map { source in
                DoctorCheck("secret \(name.rawValue)") { Self.secret(name, source) }
            }
        }
    }

    private static func secret(_ name: SecretName, _ source: SecretSource) -> DoctorFinding {
        if source.isToken { return DoctorFinding("secret \(name.rawValue)", .good, "stays in its token") }
        do {
            _ = try source.read(name.rawValue)
            return DoctorFinding("secret \(name.rawValue)", .good, "readable by this user only")
        } catch {
            return DoctorFinding("secret \(name.rawValue)", error)
        }
    }
}
