// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// Files for the upload of a dashboard, with what is needed to take its result in.
package struct RegistrationUpload: Sendable, Equatable {
    package let logs: [ExportedLog]
    /// A line `DSN REQUEST` for each unit in them.
    package let requestsPath: String
    package let units: Int
    /// Units that wait and whose run is not in this ledger: they can only go over the network.
    package let left: [DSN]
    /// How many were dated by a clock that nobody vouches for.
    package let unsure: Int
}

extension LedgerReader {
    /// Writes the log lines of the units that wait for the cloud: one file a region, `<name>-us.log` and so on, and
    /// `<name>.requests` beside them.
    ///
    /// Format 3; format 4 when one of them has a Wi-Fi setup key, which the file then holds in the clear (mode 0600).
    /// A log line has no field for `oem_host_version`: over an upload the cloud does not learn it.
    ///
    /// - Throws: as the export of a manufacturing log.
    package func exportUpload(
        to folder: String, name: String, setupKeys: SealedSpool?
    ) throws(MintmarkError) -> RegistrationUpload {
        let waiting = try look { try $0.pendingRegistrations() }
        var byRun: [String: PendingRegistration] = [:]
        for pending in waiting { if let run = pending.context.run { byRun[run] = pending } }
        var written: [PendingRegistration] = []
        let hasKeys = waiting.contains { $0.registration.hasSetupKey }
        let logs = try exportManufacturingLog(
            hasKeys ? .v4 : .v3, to: folder, name: name, setupKeys: hasKeys ? setupKeys : nil
        ) { run in
            guard let pending = byRun[run] else { return false }
            written.append(pending)
            return true
        }
        let path = "\(folder)/\(name).requests"
        let lines = written.map { "\($0.registration.dsn) \($0.request)\n" }
        try ExportFile.replace(path, with: lines.joined().utf8)
        let requests = Set(written.map(\.request))
        return RegistrationUpload(
            logs: logs, requestsPath: path, units: written.count,
            left: waiting.filter { !requests.contains($0.request) }.map(\.registration.dsn),
            unsure: written.count(where: \.isDateUnsure))
    }
}
