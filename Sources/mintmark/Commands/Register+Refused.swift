// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import MintmarkCore
import MintmarkLedger
import MintmarkStation

extension Register {
    struct Refused: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the units whose registration the cloud refused, and where to find them.",
            discussion: "A unit that was registered later is not listed.")

        @OptionGroup var station: StationOption
        @OptionGroup var json: JSONOption

        func run() async throws {
            let refused = try LedgerReader(at: StationFiles.station(station.path).ledger).refusedRegistrations()
            guard !json.isOn else {
                for item in refused { Terminal.output(CanonicalJSON.text(item.json)) }
                return
            }
            guard !refused.isEmpty else { return Terminal.error("No registration is refused.") }
            var table = TextTable("DSN", "SLOT", "BATCH", "CARTON", "PASSED", "REFUSED", "WHY")
            for item in refused {
                table.add(
                    item.dsn.description, item.slot ?? "-", item.batch ?? "-", item.carton ?? "-",
                    UTCTime.isoText(seconds: item.passed / 1_000_000),
                    UTCTime.isoText(seconds: item.refused / 1_000_000), item.reason)
            }
            for line in table.lines { Terminal.output(line) }
        }
    }
}
