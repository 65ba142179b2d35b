// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import MintmarkCore
import MintmarkStation

extension StationCommand {
    struct ConfirmTime: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Vouch for the machine's clock, after a look at another one.",
            discussion: """
                For a machine that nothing keeps in step with the world's time. While nobody vouches for its clock units \
                are made and entries say `unsynced`, but nothing is registered. It holds until the machine starts again or \
                its clock is set. Dates of units that wait are put right by it. Who confirmed it stands in the ledger.
                """)

        @Argument(help: "The station file.", completion: .file(extensions: ["yaml"])) var file: String
        @Argument(help: "What the other clock shows, in UTC: 2026-03-17T09:30Z.", transform: Self.instant)
        var time: UTCMoment
        @OptionGroup var person: OperatorOption

        private static func instant(_ text: String) throws(MintmarkError) -> UTCMoment {
            let time = try UTCMoment(text)
            guard time.start == time.end else {
                throw MintmarkError(
                    .badInput, "\(text.quoted) is a day, not a time", next: "Write it as 2026-03-17T09:30Z, in UTC.")
            }
            return time
        }

        func run() async throws {
            let (actor, shown) = (person.actor, time.start)
            let waiting = try await OpenStation.with(file, tell: { _ in }) { opened in
                try await opened.station.confirmTime(shown, actor: actor)
            }
            Terminal.error("The clock is confirmed until the machine starts again or its clock is set.")
            guard waiting > 0 else { return }
            Terminal.error(
                "\(waiting) units wait for the cloud: `mintmark register --pending --station \(file)` sends them.")
        }
    }
}
