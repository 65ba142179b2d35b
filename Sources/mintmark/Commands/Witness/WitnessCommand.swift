// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

struct WitnessCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "witness", abstract: "Vouch for the heads of other stations' ledgers.",
        discussion: """
            A witness keeps the newest head of each log it is told of and cosigns a newer one only when the log proves \
            that it is the same log, grown. Run it on another station or a site machine; give its verifier key to \
            auditors. It speaks C2SP tlog-witness.
            """,
        subcommands: [Run.self, Init.self], defaultSubcommand: Run.self)
}
