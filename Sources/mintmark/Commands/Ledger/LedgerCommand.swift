// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

struct LedgerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger", abstract: "Read, verify and export a station's ledger.",
        discussion: "LEDGER is the SQLite file itself, or a station file that names it.",
        subcommands: [
            Show.self, Verify.self, Stats.self, Report.self, Export.self, Checkpoint.self, Mirror.self, Log.self,
        ])
}
