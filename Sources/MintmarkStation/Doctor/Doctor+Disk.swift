// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import MintmarkCore

extension Doctor {
    /// Space under which no unit should be begun, in bytes.
    private static let leastSpace: UInt64 = 256 << 20
    /// Commits a second under which a station feels its disk: a unit needs about a dozen.
    private static let leastSyncs = 50

    var disk: [DoctorCheck] {
        let folder = file.ledger.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" }
        let place = folder.isEmpty ? "/" : folder
        return [DoctorCheck("disk") { Self.space(place) }, DoctorCheck("disk sync") { Self.syncs(place) }]
    }

    private static func space(_ folder: String) -> DoctorFinding {
        var space = Glibc.statvfs()
        guard statvfs(folder, &space) == 0 else {
            return DoctorFinding(
                "disk", .bad, "there is no folder \(folder)", cure: "Make the ledger's folder, or correct `ledger:`.")
        }
        let free = UInt64(space.f_bavail) * UInt64(space.f_frsize)
        return free >= leastSpace
            ? DoctorFinding("disk", .good, "\(free >> 20) MiB free at the ledger")
            : DoctorFinding("disk", .bad, "\(free >> 20) MiB free at the ledger", cure: "Free space before the shift.")
    }

    private static func syncs(_ folder: String) -> DoctorFinding {
        do throws(MintmarkError) {
            let rate = try SyncRate.measure(in: folder)
            let text = "\(rate) writes a second reach the disk one by one"
            return rate >= leastSyncs
                ? DoctorFinding("disk sync", .good, text)
                : DoctorFinding(
                    "disk sync", .warning, text,
                    cure: "Put the ledger on another disk; every unit waits for about a dozen such writes.")
        } catch {
            return DoctorFinding("disk sync", error)
        }
    }
}
