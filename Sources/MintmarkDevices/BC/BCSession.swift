// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// What both dialogs with a `bc` module share: boot, identity, setters, OEM status.
final class BCSession {
    let console: Console
    var facts = UnitFacts()
    /// The identity as it was shown last.
    private(set) var shown: ShowID?

    init(console: Console) { self.console = console }

    /// Resets the module and takes note of firmware and mode.
    func boot() async throws {
        let (boot, prompt) = try await console.reset()
        facts.firmware = boot.version ?? facts.firmware
        facts.mode = prompt
        if let says = boot.saysMode, says != prompt {
            console.transcript.remark("the boot says \(says.mode), the prompt is that of \(prompt.mode)")
        }
    }

    /// - Throws: `.wrongFirmware` (err_code 57) when the version is not one of `allowed`; an empty list allows any.
    func check(firmware allowed: [String]) throws(MintmarkError) {
        guard let version = facts.firmware else {
            throw MintmarkError(
                .deviceGarbled, "the unit's boot shows no firmware version", next: "Run the unit again.", errCode: 50)
        }
        guard allowed.isEmpty || allowed.contains(version) else {
            throw MintmarkError(
                .wrongFirmware, "module has wrong version \(console.quote(version))",
                next: "Put the unit aside: this product takes \(allowed.joined(separator: ", ")).", errCode: 57)
        }
    }

    /// - Throws: `.wrongMode` (err_code 49). The prompt counts, not what the boot said.
    func check(mode: ConsolePrompt) throws(MintmarkError) {
        guard facts.mode != mode else { return }
        throw MintmarkError(
            .wrongMode, "the unit is in \(facts.mode?.mode ?? "no mode"), this station needs \(mode.mode)",
            next: "Put the unit aside: it belongs to another station.", errCode: 49)
    }

    /// Learns the identity of a module that a label station has finished.
    ///
    /// - Throws: `.notLabelled` (err_code 60) when it has no DSN, `.wrongModel` (err_code 57).
    func learnLabelled(as model: String) async throws {
        let identity = try await learnIdentity()
        facts.identity = identity
        guard identity.dsn != nil else {
            throw MintmarkError(
                .notLabelled, "the module has no DSN", next: "Label the module before this station.", errCode: 60)
        }
        guard identity.model == model else {
            throw MintmarkError(
                .wrongModel, "the module is a \(console.quote(identity.model ?? "blank one"))",
                next: "Put the unit aside: this product takes \(model).", errCode: 57)
        }
    }

    /// Reads the identity until two readings agree: neither DSN nor MAC address has a check digit.
    func learnIdentity() async throws -> UnitIdentity {
        var last = try await readIdentity()
        for _ in 1...3 {
            let next = try await readIdentity()
            if next == last { return next }
            console.transcript.remark("two readings of the identity differ, reading it again")
            last = next
        }
        throw spoiledIdentity
    }

    /// Reads `show id`, again while a line was spoiled or an item is refused that was not shown twice.
    func readIdentity() async throws -> UnitIdentity {
        var refusedBefore: ShowID?
        for _ in 1...3 {
            let reply = try await console.command("show id")
            if let refusal = reply.readRefusal { throw refused("show id", refusal, errCode: 62) }
            guard let items = ShowID(reply.lines) else {
                console.transcript.remark("a line of the identity is spoiled, reading it again")
                continue
            }
            shown = items
            do {
                return try items.identity()
            } catch {
                if items == refusedBefore { throw error }
                refusedBefore = items
            }
        }
        throw spoiledIdentity
    }

    private var spoiledIdentity: MintmarkError {
        MintmarkError(
            .deviceGarbled, "the unit's identity could not be read whole in three tries",
            next: "Check the cable, then run the unit again.", errCode: 62)
    }

    /// Looks until all is as it should be, at most three times: damage on the wire does not repeat itself, what the
    /// unit holds does.
    func look(_ check: () async throws -> Void) async throws {
        for _ in 1...2 {
            do {
                return try await check()
            } catch let error as MintmarkError
                where error.code == .readBackDiffers || error.code == .identityChanged
            {
                console.transcript.remark("\(error.what); looking again")
            }
        }
        try await check()
    }

    /// Reads the identity again and compares it with the first reading: people swap modules behind a cable.
    ///
    /// The unit may show `dsn` by now, when it was about to be given it.
    ///
    /// - Throws: `.identityChanged` when another unit answers.
    func confirmIdentity(given dsn: DSN? = nil) async throws {
        try await look { try self.confirm(try await self.readIdentity(), given: dsn) }
    }

    func confirm(_ identity: UnitIdentity, given dsn: DSN?) throws(MintmarkError) {
        guard let first = facts.identity else { return }
        let isSame = identity.hwsig == first.hwsig && identity.mac == first.mac
        guard isSame, identity.dsn == first.dsn || dsn != nil && identity.dsn == dsn else {
            let name = isSame ? identity.name : identity.hardwareName
            throw MintmarkError(
                .identityChanged, "another unit answers: \(name) instead of \(first.name)",
                next: "Leave the unit in the slot until its result is shown; run it again.", errCode: 71)
        }
    }

    /// Sends a command that says nothing on success.
    ///
    /// - Throws: `.deviceRefused` with `errCode` on any refusal and on any other text.
    @discardableResult
    func set(_ text: String, errCode: Int, allowing expected: String? = nil, repeats: Bool = true) async throws
        -> CommandReply
    {
        let reply = try await console.command(text, repeats: repeats)
        try check(reply, to: text, errCode: errCode, allowing: expected)
        return reply
    }

    /// As `set`, for a command that ends in a secret.
    func set(_ head: String, secret: SharedSecret, errCode: Int) async throws {
        let reply = try await console.command(head, secret: secret)
        try check(reply, to: head, errCode: errCode, allowing: nil)
    }

    func unknown(_ step: PlannedStep) -> MintmarkError {
        MintmarkError(.stationFault, "no step is called \(step.name)", next: "Report this as a bug.")
    }

    func refused(_ command: String, _ text: String, errCode: Int) -> MintmarkError {
        MintmarkError(
            .deviceRefused, "the unit answers \"\(console.quote(text))\" to \"\(console.quote(command))\"",
            next: "Run the unit again; if it fails again, put it aside.", errCode: errCode)
    }

    func differs(_ name: String, expected: String, shown: String?, errCode: Int) -> MintmarkError {
        let what = shown.map { "shows \"\(console.quote($0))\"" } ?? "shows nothing"
        return MintmarkError(
            .readBackDiffers, "\(name) was written as \"\(console.quote(expected))\", the unit \(what)",
            next: "Run the unit again; if it fails again, put it aside.", errCode: errCode)
    }

    func garbled(_ what: String) -> MintmarkError {
        MintmarkError(
            .deviceGarbled, "the unit's \(what) could not be read whole in three tries",
            next: "Check the cable, then run the unit again.", errCode: 51)
    }

    private func check(
        _ reply: CommandReply, to command: String, errCode: Int, allowing expected: String?
    ) throws(MintmarkError) {
        if let refusal = reply.refusal { throw refused(command, refusal, errCode: errCode) }
        if let text = reply.lines.first(where: { $0 != expected }) { throw refused(command, text, errCode: errCode) }
    }
}
