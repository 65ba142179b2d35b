// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import MintmarkCloud
import MintmarkCore
import MintmarkLedger
import MintmarkStation

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Check what a station needs before a shift.",
        discussion: "One line a check, with the cure. Ends with status 20 when something is bad.")

    @OptionGroup var station: StationOption
    @OptionGroup var json: JSONOption

    func run() async throws {
        let file = try StationFiles.station(station.path)
        let doctor = Doctor(
            file: file,
            outside: Doctor.Outside(
                devicePath: { slot in try slot.devicePath() },
                lockLedger: { try SQLiteLedger.probe(file.ledger) },
                mirrorLag: {
                    guard let mirror = file.mirror else { return nil }
                    return try LedgerReader(at: file.ledger).mirrorLag(mirror, now: SystemClock().wall)
                },
                isClockSynced: { SQLiteLedger.isClockSynced },
                headKey: { try Self.headKey(file) }, heads: { try Self.heads(file) },
                headFile: { try LedgerReader(at: file.ledger).checkHeadFile($0) },
                signIn: { try await Self.signIn(file) }))
        var isBad = false
        await doctor.examine { finding in
            isBad = isBad || finding.verdict == .bad
            if json.isOn {
                Terminal.output(CanonicalJSON.text(finding.json))
            } else {
                let mark =
                    switch finding.verdict {
                    case .good: "good   "
                    case .warning: "warning"
                    case .bad: "BAD    "
                    }
                Terminal.output(
                    "\(mark)  \(finding.check): \(finding.text)\(finding.cure.map { "\n         \($0)" } ?? "")")
            }
        }
        if isBad { throw ExitCode(ExitStatus.station.rawValue) }
    }

    private static func headKey(_ file: StationFile) throws(MintmarkError) -> String {
        guard let signing = try file.headSigning() else {
            throw MintmarkError(.badSecret, "the station file names no head-key", next: "Name it under secrets.")
        }
        return try LedgerReader(at: file.ledger).keyID(of: signing)
    }

    private static func heads(_ file: StationFile) throws(MintmarkError) -> Doctor.Heads {
        let window = try LedgerReader(at: file.ledger).unanchored(now: SystemClock().wall)
        return Doctor.Heads(
            signed: window.signed, age: window.headSeconds, unsigned: window.unsigned,
            unsignedSeconds: window.unsignedSeconds)
    }

    private static func signIn(_ file: StationFile) async throws(MintmarkError) -> String {
        let proxy = try OpenStation.proxy(for: file)
        let role: Result<String, MintmarkError>
        do { role = .success(try await proxy.signIn()) } catch { role = .failure(error) }
        try? await proxy.signOut()
        await proxy.shutdown()
        return try role.get()
    }
}
