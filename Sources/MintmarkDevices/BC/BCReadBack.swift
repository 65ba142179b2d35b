// SPDX-License-Identifier: Apache-2.0
package import MintmarkCore

/// Looks at a module and writes nothing: restart, identity, and the OEM data where its mode shows them.
package final class BCReadBack {
    private let session: BCSession

    package var transcript: Transcript { session.console.transcript }

    package init(port: any SerialPort, timing: ConsoleTiming, transcript: Transcript) {
        session = BCSession(console: Console(port: port, timing: timing, transcript: transcript))
    }

    /// - Throws: `.deviceSilent`, `.deviceGarbled`, `.macMissing` and what else a reading can end in.
    package func look() async throws -> ReadBack {
        let timing = session.console.timing
        session.console.stepDeadline = .now + timing.boot * 4 + timing.command * 8
        try await session.boot()
        let identity = try await session.learnIdentity()
        var seen = ReadBack(
            mac: identity.mac, hwsig: identity.hwsig, dsn: identity.dsn, firmware: session.facts.firmware,
            mode: session.facts.mode?.mode)
        guard session.facts.mode == .setup || session.facts.mode == .user else { return seen }
        for _ in 1...3 {
            guard let status = OEMStatus(try await session.console.command("oem").lines) else { continue }
            seen.oemID = status.id.isEmpty ? nil : status.id
            seen.oemModel = status.model.isEmpty ? nil : status.model
            seen.isOEMKeySet = status.isKeySet
            return seen
        }
        throw session.garbled("OEM data")
    }
}

extension ReadBack {
    /// Whether the module sits in this mode.
    package func isIn(_ prompt: ConsolePrompt) -> Bool { mode == prompt.mode }
}
