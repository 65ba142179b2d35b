// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import MintmarkCore
import MintmarkStation

extension StationCommand {
    struct Confirm: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Confirm once that a station may work on a field deployment.",
            discussion: """
                Commands that work on a field deployment ask for it the first time, on a terminal; this is the same for \
                scripts. Who confirmed it stands in the ledger.
                """)

        @Argument(help: "The station file.", completion: .file(extensions: ["yaml"])) var file: String
        @Argument(help: "Its region and deployment, as us/field.") var environment: String
        @OptionGroup var person: OperatorOption

        func run() async throws {
            let answer = environment
            let file = try StationFiles.station(file)
            guard file.environment.description == answer, file.environment.deployment == .field else {
                throw MintmarkError(
                    .badInput, "the station works on \(file.environment), not on the field deployment \(answer.quoted)",
                    next: "Look at cloud.region and cloud.deployment in the station file.")
            }
            let opened = try await OpenStation.open(
                file, actor: person.actor, ask: { _ in answer }, tell: { _ in })
            try await opened.close()
            Terminal.error("Station \(file.station) may work on \(file.environment).")
        }
    }
}
