// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

extension Console {
    /// Sends `reset` and reads through the boot to the prompt; up to three tries, as a boot swallows input.
    ///
    /// - Throws: `.deviceSilent` (err_code 50), also when no boot shows its version; `.wrongMode` (50) in an updater
    ///   or boot loader; `.portLost`, `CancellationError`.
    func reset() async throws -> (boot: BootReport, prompt: ConsolePrompt) {
        for attempt in 1...3 {
            do {
                let (boot, prompt) = try await resetOnce()
                if boot.version != nil { return (boot, prompt) }
                transcript.remark("a boot without a version line at try \(attempt)")
            } catch let error as MintmarkError where error.code == .deviceSilent {
                if let prompt = scanner.prompt, prompt == .updater || prompt == .bootLoader {
                    throw MintmarkError(
                        .wrongMode, "the module is in \(prompt.mode)", next: "Load firmware before this station.",
                        errCode: 50)
                }
                transcript.remark("no boot at try \(attempt)")
            }
        }
        throw MintmarkError(
            .deviceSilent, "the unit did not start after three resets",
            next: "Check power, cable and baud rate; reset the unit by hand and run it again.", errCode: 50)
    }

    private func resetOnce() async throws -> (BootReport, ConsolePrompt) {
        // Mode lines of an earlier boot must not be taken for this one's.
        scanner.dropPartial()
        let deadline = min(stepDeadline, ContinuousClock.now + timing.boot)
        var exchange = CommandExchange(CommandExchange.reset)
        transcript.sent(exchange.command)
        try await port.send(Array("\(exchange.command)\r".utf8), by: deadline)
        while true {
            while !exchange.boot.isDone { try await readLines(into: &exchange, by: deadline) }
            let prompt = try await prompt(&exchange, by: ContinuousClock.now + timing.command)
            // Without an echo in front it may be an older boot, with the echo still to come; or one that swallowed
            // the command, and then there is none.
            if exchange.echo == .exact { return (exchange.boot, prompt) }
            if try await !hearsEcho(&exchange) { return (exchange.boot, prompt) }
        }
    }

    private func hearsEcho(_ exchange: inout CommandExchange) async throws -> Bool {
        let deadline = ContinuousClock.now + timing.echoGap
        do {
            while exchange.echo != .exact { try await readLines(into: &exchange, by: deadline) }
            return true
        } catch let error as MintmarkError where error.code == .deviceSilent {
            return false
        }
    }
}
