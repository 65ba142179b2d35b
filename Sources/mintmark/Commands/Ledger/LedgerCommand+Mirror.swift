// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import MintmarkCore
import MintmarkLedger
import MintmarkStation

extension LedgerCommand {
    struct Mirror: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Copy to the station's mirror what it lacks, and print how far it is behind.",
            discussion: """
                A running station does this by itself after every commit; after a repair, or from cron, this does it at \
                once, also beside a running station. Ends with status 20 when the mirror is away or full, 40 when it \
                shows that the ledger was rolled back or that the two are forked.
                """)

        @OptionGroup var station: StationOption
        @Flag(help: "Only print how far it is behind.") var status = false
        @Flag(help: "Make a new mirror in an empty folder first.") var new = false
        @OptionGroup var json: JSONOption

        func validate() throws {
            if status, new { throw ValidationError("--status and --new exclude each other.") }
        }

        func run() throws {
            let file = try StationFiles.station(station.path)
            guard let mirror = file.mirror else {
                throw MintmarkError(
                    .badStationFile, "the station file names no mirror",
                    next: "Add `mirror:` with a folder on another disk or host.")
            }
            if new { try LedgerMirror.create(mirror, of: file.ledger) }
            if !status { try LedgerMirror(mirror, of: file.ledger).copy() }
            let lag = try LedgerReader(at: file.ledger).mirrorLag(mirror, now: SystemClock().wall)
            Terminal.output(json.isOn ? CanonicalJSON.text(lag.json) : lag.description)
        }
    }
}

extension MirrorLag {
    var json: JSONObject {
        [
            "entries": .integer(entries), "mirror_missing": .integer(missing), "mirror_seconds": .integer(seconds),
            "mirrored": .integer(mirrored),
        ]
    }
}
