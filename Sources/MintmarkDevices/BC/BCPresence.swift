// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// Waits until another unit sits in a slot. A unit's presence is not a USB event: adapters stay plugged in.
package final class BCPresence {
    /// Between two questions to a silent wire.
    private static let interval = Duration.seconds(2)

    private let console: Console
    private let port: any SerialPort
    private let probes: Bool

    /// With `probes` the wire is asked for a prompt every two seconds, else the boot of a unit is waited for.
    package init(port: any SerialPort, timing: ConsoleTiming, probes: Bool) {
        self.port = port
        self.probes = probes
        console = Console(port: port, timing: timing, transcript: Transcript(start: .now))
    }

    /// Returns when a unit of another identity answers.
    ///
    /// - Throws: `.portLost`, `CancellationError`.
    package func waitForAnother(than before: UnitIdentity) async throws {
        while true {
            if probes { try await waitForPrompt() } else { try await waitForBoot() }
            let session = BCSession(console: console)
            console.stepDeadline = .now + console.timing.command * 4
            do {
                if try await session.readIdentity().hardwareName != before.hardwareName { return }
            } catch let error as MintmarkError where error.code != .portLost {
                // A unit that cannot say who it is is not the one that was here: its run will say what is wrong.
                if error.code == .macMissing { return }
            }
        }
    }

    private func waitForBoot() async throws {
        var scanner = ConsoleScanner()
        var boot = BootReport()
        while !boot.isDone {
            do {
                for line in try scanner.push(try await port.receive(by: .now + .seconds(3600))) {
                    if let log = LogLine(line) { boot.see(log) } else { _ = boot.see(line: line) }
                }
            } catch let error as MintmarkError where error.code == .deviceSilent || error.code == .deviceGarbled {
                scanner = ConsoleScanner()
            }
        }
    }

    private func waitForPrompt() async throws {
        var scanner = ConsoleScanner()
        while scanner.prompt == nil {
            do {
                try await port.send([UInt8(ascii: "\r")], by: .now + Self.interval)
                _ = try scanner.push(try await port.receive(by: .now + Self.interval))
            } catch let error as MintmarkError where error.code == .deviceSilent || error.code == .deviceGarbled {
                scanner = ConsoleScanner()
            }
        }
    }
}
