// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import MintmarkCloud
import MintmarkCore
import MintmarkStation

extension TemplateCommand {
    struct Properties: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write properties.csv from the twin of a unit that is right.",
            discussion: """
                The columns are those of the portal's import, so the file serves both ways: for `mintmark verify` here, and \
                for a template in another account. It is read with a verify station's file, whose user has to see the unit: an OEM::Admin or OEM::Staff.
                """)

        @Argument(help: "A unit whose twin was made from the right template.", transform: DSN.init) var dsn: DSN
        @OptionGroup var station: StationOption
        @Option(help: "The file to write, which must not exist; without it standard output.", completion: .file())
        var output: String?

        func run() async throws {
            let file = try StationFiles.station(station.path)
            guard file.kind == .verify else {
                throw MintmarkError(
                    .badInput, "station \(file.station) does not look at twins: it is a \(file.kind.rawValue) station",
                    next: "Name the file of a verify station.")
            }
            let devices = try OpenStation.deviceService(for: file, clock: SystemClock())
            let properties: Result<[TwinProperty], MintmarkError>
            do { properties = .success(try await devices.properties(of: dsn)) } catch { properties = .failure(error) }
            try? await devices.signOut()
            await devices.shutdown()
            let shown = try properties.get()
            guard !shown.isEmpty else {
                throw MintmarkError(
                    .badInput, "the cloud shows no properties of \(dsn)",
                    next: "Name a unit that has connected and whose twin has its template; see `mintmark verify`.")
            }
            let text = try TemplateProperty.csv(of: shown)
            guard let output else { return Terminal.output(String(text.dropLast())) }
            try Folders.writeNew(text, to: StationFiles.absolute(output), mode: 0o644)
            Terminal.error("Written: \(output).")
        }
    }
}
