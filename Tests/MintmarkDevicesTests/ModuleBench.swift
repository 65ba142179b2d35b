// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkDevices
import MintmarkSandbox
import MintmarkSerial
import TestSupport

/// One virtual module behind a real pty, and both dialogs with it. Waits are short.
final class ModuleBench: Sendable {
    static let secretText = "0123456789abcdef0123456789abcdef"
    static let oemSecret = SharedSecret(Secret(count: 32) { $0.copyBytes(from: secretText.utf8) })

    let bench: UnitBench
    private let folder: String

    init(_ options: ModuleOptions, faults: [UnitFault] = []) throws {
        var options = Rehearsal.fast(options)
        options.faults += faults
        folder = try TemporaryFolder().path
        bench = UnitBench(UnitBench.Configuration(folder: folder, units: [options]))
        try bench.start()
    }

    deinit { bench.stop() }

    static func blank() -> ModuleOptions { SandboxUnits.blank(count: 1)[0] }
    static func labelled() throws -> ModuleOptions { try SandboxUnits.labelled(count: 1)[0] }

    var state: ModuleState { bench.state(of: 1) }

    /// As short as a busy machine allows.
    private var timing: ConsoleTiming {
        var timing = ConsoleTiming()
        timing.command = .seconds(3)
        timing.boot = .seconds(1)
        timing.echoStart = .milliseconds(500)
        timing.echoGap = .milliseconds(250)
        timing.nudge = .milliseconds(250)
        return timing
    }

    struct Result {
        let error: MintmarkError?
        let facts: UnitFacts
        let transcript: String

        var passed: Bool { error == nil }
    }

    func config(firmware: [String] = ["2.4.7"], isDryRun: Bool = false) async throws -> Result {
        let port = try TTYPort.open(path: bench.path(1), baud: 115_200)
        let order = BCConfigDialog.Order(
            moduleModel: "AY001MTP1", firmware: firmware, oemID: "0dfc7900", oemModel: "plug-a1",
            oemSecret: Self.oemSecret,
            accessPoint: BCConfigDialog.AccessPoint(ssidPrefix: "Ayla-", security: "none", key: nil), region: "US",
            isDryRun: isDryRun)
        return try await follow(
            BCConfigDialog(order: order, port: port, timing: timing, transcript: Transcript(start: .now)), port)
    }

    func label(_ identity: AssignedIdentity) async throws -> Result {
        let port = try TTYPort.open(path: bench.path(1), baud: 115_200)
        let order = BCLabelDialog.Order(
            moduleModel: "AY001MTP1", mfgModel: "WD-201", firmware: ["2.4.7"], isDryRun: false)
        let dialog = BCLabelDialog(order: order, port: port, timing: timing, transcript: Transcript(start: .now))
        dialog.take(identity)
        return try await follow(dialog, port)
    }

    private func follow(_ dialog: any UnitDialog, _ port: TTYPort) async throws -> Result {
        await Gate.dialogs.enter()
        var failure: MintmarkError?
        do { for step in dialog.plan { try await dialog.perform(step) } } catch let error as MintmarkError {
            failure = error
        }
        await port.close()
        await Gate.dialogs.leave()
        return Result(
            error: failure, facts: dialog.facts, transcript: String(decoding: dialog.transcript.bytes, as: UTF8.self))
    }
}
