// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// One unit's command line over a serial port: sends a command, checks its echo, reads to the next prompt.
///
/// Used by one task at a time; not Sendable.
final class Console {
    /// All lines of one reply together, in bytes.
    static let maximumReply = 64 * 1024

    let timing: ConsoleTiming
    let port: any SerialPort
    var scanner = ConsoleScanner()
    var transcript: Transcript
    /// No command runs past it, whatever its own time.
    var stepDeadline: Deadline

    init(port: any SerialPort, timing: ConsoleTiming, transcript: Transcript) {
        self.port = port
        self.timing = timing
        self.transcript = transcript
        stepDeadline = .now + timing.command
    }

    /// Sends one command and reads to the next prompt. A damaged echo is repeated once, so the command must bear it.
    ///
    /// - Throws: `.deviceSilent` (err_code 52), `.deviceRebooted` (50) on a banner nobody asked for,
    ///   `.echoDiffers` when the echo was damaged twice, `.portLost`, `CancellationError`.
    func command(_ text: String, repeats: Bool = true) async throws -> CommandReply {
        let deadline = min(stepDeadline, ContinuousClock.now + timing.command)
        var exchange = try await exchange(text, by: deadline)
        guard case .other(let first) = exchange.echo else { return try reply(exchange) }
        guard repeats else { throw echoDiffers(text) }
        transcript.remark("the echo differs, the command is repeated")
        exchange = try await self.exchange(text, by: deadline)
        switch exchange.echo {
        case .exact, .awaited: return try reply(exchange)
        // A unit that does not echo gives the same first line again; damage does not repeat itself.
        case .other(let again) where again == first: return try reply(exchange)
        case .other: throw echoDiffers(text)
        }
    }

    /// Sends a command that ends in a secret. The line end follows only when the whole echo was right.
    ///
    /// - Throws: as `command`; `.echoDiffers` also when the unit does not echo at all.
    func command(_ head: String, secret: SharedSecret, tail: String = "") async throws -> CommandReply {
        transcript.mask.hide(secret)
        let deadline = min(stepDeadline, ContinuousClock.now + timing.command)
        var line = Array(head.utf8) + secret.withBytes { Array($0) } + Array(tail.utf8)
        defer { for index in line.indices { line[index] = 0 } }
        for attempt in 1...2 {
            var exchange = CommandExchange(head)
            transcript.sent(head + SecretMask.mark + tail)
            try await port.send(line, by: deadline)
            if try await echoes(line, into: &exchange, by: deadline) {
                scanner.dropPartial()
                exchange.confirmEcho()
                try await port.send([UInt8(ascii: "\r")], by: deadline)
                try await finish(&exchange, by: deadline)
                return try reply(exchange)
            }
            transcript.remark("the echo of a secret differs at try \(attempt), the line is rubbed out")
            try await rubOut(line.count, by: deadline)
        }
        throw echoDiffers(head)
    }

    /// Text of the unit as it may stand in an error: masked, printable, short.
    func quote(_ text: String) -> String {
        let masked = transcript.mask.apply(to: text)
        return String(
            masked.unicodeScalars.filter { $0.isASCII && $0.value >= 0x20 && $0.value < 0x7F }.map(Character.init)
                .prefix(80))
    }

    private func exchange(_ text: String, by deadline: Deadline) async throws -> CommandExchange {
        var exchange = CommandExchange(text)
        transcript.sent(text)
        try await port.send(Array("\(text)\r".utf8), by: deadline)
        try await finish(&exchange, by: deadline)
        return exchange
    }

    /// Reads until a prompt ends the reply; asks for one when the unit falls silent without it.
    private func finish(_ exchange: inout CommandExchange, by deadline: Deadline) async throws {
        while true {
            // First of all: behind a boot there is a prompt too, and it ends no reply.
            if exchange.boot.hasBegun { return try await finishBoot(&exchange, by: deadline) }
            if exchange.promptInLine != nil { return }
            if scanner.prompt != nil, exchange.echo != .awaited { return }
            let wait = exchange.echo == .awaited ? timing.echoStart : timing.nudge
            do {
                try await readLines(
                    into: &exchange, by: min(deadline, ContinuousClock.now + wait))
            } catch let error as MintmarkError where error.code == .deviceSilent {
                // A prompt and no echo: the unit does not echo.
                if scanner.prompt != nil { return }
                guard ContinuousClock.now < deadline else { throw silent(exchange.command) }
                transcript.remark("no prompt, asking for one")
                if let fragment = scanner.takeFragment() {
                    transcript.received(fragment)
                    exchange.see(fragment)
                }
                try await port.send([UInt8(ascii: "\r")], by: deadline)
            }
        }
    }

    /// A boot nobody asked for: read it to its end, so that the next command meets a unit that listens.
    func finishBoot(_ exchange: inout CommandExchange, by deadline: Deadline) async throws {
        let deadline = max(deadline, ContinuousClock.now + timing.boot)
        while !exchange.boot.isDone { try await readLines(into: &exchange, by: deadline) }
        _ = try await prompt(&exchange, by: deadline)
        throw MintmarkError(
            .deviceRebooted, "the unit restarted by itself", next: "Check the power supply and run the unit again.",
            errCode: 50)
    }

    /// Reads to the next prompt, whatever comes before; asks for one when the unit falls silent without it.
    func prompt(_ exchange: inout CommandExchange, by deadline: Deadline) async throws -> ConsolePrompt {
        while true {
            if let prompt = scanner.prompt {
                scanner.dropPartial()
                return prompt
            }
            do {
                try await readLines(into: &exchange, by: min(deadline, ContinuousClock.now + timing.nudge))
            } catch let error as MintmarkError where error.code == .deviceSilent {
                guard ContinuousClock.now < deadline else { throw error }
                scanner.dropPartial()
                try await port.send([UInt8(ascii: "\r")], by: deadline)
            }
        }
    }

    /// Takes what came into `exchange`; lines go to the transcript.
    func readLines(
        into exchange: inout CommandExchange, by deadline: Deadline
    ) async throws {
        for line in try scanner.push(try await port.receive(by: deadline)) {
            if !line.isEmpty { transcript.received(line) }
            exchange.see(line)
        }
        guard exchange.lines.reduce(0, { $0 + $1.utf8.count }) <= Self.maximumReply else {
            throw MintmarkError(
                .deviceGarbled, "a reply longer than \(Self.maximumReply) bytes came from the unit",
                next: "Check the baud rate in the station file.", errCode: 52)
        }
    }

    /// Waits for the echo of `line`, byte for byte. False at the first difference, and when it stops short.
    private func echoes(_ line: [UInt8], into exchange: inout CommandExchange, by deadline: Deadline) async throws
        -> Bool
    {
        var wait = timing.echoStart
        while true {
            do {
                let before = scanner.partial.isEmpty
                let lines = try scanner.push(try await port.receive(by: min(deadline, ContinuousClock.now + wait)))
                for text in lines {
                    exchange.see(text)
                    transcript.received(before ? text : SecretMask.mark)
                }
                if exchange.boot.hasBegun { try await finishBoot(&exchange, by: deadline) }
            } catch let error as MintmarkError where error.code == .deviceSilent {
                return false
            }
            let echo =
                ConsolePrompt.allCases.first { scanner.partial.starts(with: $0.rawValue.utf8) }
                .map { scanner.partial.dropFirst($0.rawValue.utf8.count) } ?? scanner.partial[...]
            if echo.elementsEqual(line) { return true }
            guard line.starts(with: echo) else { return false }
            wait = timing.echoGap
        }
    }

    /// Takes back a line whose line end was not sent: as many BS as characters, then a bare CR for a fresh prompt.
    private func rubOut(_ count: Int, by deadline: Deadline) async throws {
        try await port.send(Array(repeating: 0x08, count: count) + [UInt8(ascii: "\r")], by: deadline)
        var discarded = CommandExchange("")
        repeat {
            let lines = try scanner.push(
                try await port.receive(by: min(deadline, ContinuousClock.now + timing.command)))
            for line in lines {
                discarded.see(line)
                transcript.received(LogLine(line) == nil ? SecretMask.mark : line)
            }
            if discarded.boot.hasBegun { try await finishBoot(&discarded, by: deadline) }
        } while scanner.prompt == nil
        scanner.dropPartial()
    }

    private func reply(_ exchange: CommandExchange) throws(MintmarkError) -> CommandReply {
        guard let prompt = exchange.promptInLine ?? scanner.prompt else {
            throw silent(exchange.command)
        }
        // Behind a prompt inside a line the next line may have begun.
        if scanner.prompt != nil { scanner.dropPartial() }
        return CommandReply(
            lines: exchange.lines, logs: exchange.logs, prompt: prompt, isEchoed: exchange.echo == .exact)
    }

    private func silent(_ command: String) -> MintmarkError {
        MintmarkError(
            .deviceSilent, "no answer to \"\(quote(command))\"",
            next: "Check power and cable, then run the unit again.", errCode: 52)
    }

    private func echoDiffers(_ command: String) -> MintmarkError {
        MintmarkError(
            .echoDiffers, "the unit does not echo \"\(quote(command))\" as it was sent, twice",
            next: "Check cable and baud rate, then run the unit again.", errCode: 51)
    }
}
