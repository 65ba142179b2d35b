// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import MintmarkCore
import MintmarkStation

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Check what a station needs before a shift, in at most five seconds.",
        discussion: """
            One line a check, with the cure. Everything is looked at at once; what does not finish in time says so. Ends \
            with status 20 when something is bad, 78 when it is the station file.
            """)

    @OptionGroup var station: StationOption
    @Flag(help: "Try every service of the cloud, not only those this station needs.") var all = false
    @OptionGroup var json: JSONOption

    func run() async throws {
        let file: StationFile
        do { file = try StationFiles.station(station.path) } catch {
            show(DoctorFinding("station file", error))
            throw ExitCode(error.code.exitStatus.rawValue)
        }
        var isBad = false
        await Doctor(file: file, outside: .real(file), looksAtAll: all).examine { finding in
            isBad = isBad || finding.verdict == .bad
            show(finding)
        }
        try Task.checkCancellation()
        if isBad { throw ExitCode(ExitStatus.station.rawValue) }
    }

    private func show(_ finding: DoctorFinding) {
        guard !json.isOn else { return Terminal.output(CanonicalJSON.text(finding.json)) }
        let mark =
            switch finding.verdict {
            case .good: "good   "
            case .warning: "warning"
            case .bad: "BAD    "
            }
        Terminal.output("\(mark)  \(finding.check): \(finding.text)\(finding.cure.map { "\n         \($0)" } ?? "")")
    }
}
