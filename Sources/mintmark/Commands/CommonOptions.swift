// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Logging

/// Options of every command that works on a station.
struct StationOption: ParsableArguments {
    @Option(name: .customLong("station"), help: "The station file.", completion: .file(extensions: ["yaml"]))
    var path: String

    @Option(help: "Least severe log level on standard error: trace, debug, info, notice, warning, error, critical.")
    var logLevel: LogLevel = .warning
}

/// Log levels as words of the command line.
enum LogLevel: String, CaseIterable, ExpressibleByArgument {
    case trace, debug, info, notice, warning, error, critical

    var level: Logger.Level { Logger.Level(rawValue: rawValue) ?? .warning }
}

/// Which units a command works on, and what they are booked under.
struct UnitOptions: ParsableArguments {
    @Option(name: .customLong("slot"), help: "A slot to work in; repeat for more. Without it all slots.")
    var slots: [String] = []

    @Option(help: "Units in all; without it one a slot. Beyond the slots the units are changed between runs.")
    var count: Int?

    @Option(help: "Batch id for the ledger.")
    var batch: String?

    func validate() throws {
        if let count, count < 1 { throw ValidationError("--count is at least 1.") }
        if let batch, batch.isEmpty || batch.utf8.count > 64 { throw ValidationError("--batch is 1 to 64 bytes.") }
    }
}

struct OperatorOption: ParsableArguments {
    @Option(name: .customLong("operator"), help: "Operator id for the ledger.")
    var id: String?

    /// The id given, else the login name.
    var actor: String { id ?? ProcessInfo.processInfo.userName }
}

struct JSONOption: ParsableArguments {
    @Flag(name: .customLong("json"), help: "Print JSON lines on standard output.")
    var isOn = false
}

struct PatienceOption: ParsableArguments {
    @Option(
        name: .customLong("patience"),
        help: ArgumentHelp("Seconds without any answer after which what waits is left for later.", valueName: "seconds")
    )
    var seconds = 60

    func validate() throws {
        guard (0...86_400).contains(seconds) else { throw ValidationError("--patience is 0 to 86400 seconds.") }
    }

    var duration: Duration { .seconds(seconds) }
}
