// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import MintmarkCore

@main
struct Mintmark: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "mintmark",
        abstract: "Provision units on a factory station: identity, credentials, registration, and a ledger of it all.",
        discussion: """
            Start with `mintmark demo`, which needs no hardware and no account. With --json every command that works \
            on units prints one JSON object per line on standard output; everything else goes to standard error.
            """,
        version: version,
        subcommands: [
            Demo.self, StationCommand.self, TemplateCommand.self, Provision.self, Verify.self, DSNCommand.self,
            Register.self,
            LedgerCommand.self, WitnessCommand.self, UnitCommand.self, Ports.self, Regions.self, SandboxCommand.self,
            DoctorCommand.self, DocsCommand.self,
        ])

    /// Parses, runs and turns what was thrown into an exit status; the only way out of the process.
    static func main() async {
        signal(SIGPIPE, SIG_IGN)
        do {
            try await Interrupts.cancelling { try await runCommand() }
        } catch let error as MintmarkError {
            Terminal.error(error.description)
            Foundation.exit(error.code.exitStatus.rawValue)
        } catch is CancellationError {
            Foundation.exit(ExitStatus.interrupted.rawValue)
        } catch {
            exit(withError: error)
        }
    }

    private static func runCommand() async throws {
        var command = try parseAsRoot()
        if var asynchronous = command as? any AsyncParsableCommand {
            try await asynchronous.run()
        } else {
            try command.run()
        }
    }
}
