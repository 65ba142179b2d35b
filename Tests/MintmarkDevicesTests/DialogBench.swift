// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkCrypto
import MintmarkDevices
import MintmarkSerial
import TestSupport

@testable import MintmarkSandbox

/// One virtual unit behind a real pty, and the station's dialog with it, step by step as a run takes it.
final class DialogBench {
    /// How a dialog ended and what it said.
    struct Report {
        var outcome = Outcome.error
        var error: MintmarkError?
        var facts = UnitFacts()
        var transcript = ""
        var state: ModuleState
    }

    static let dsn = "AC000W098700123"
    static let secretText = "0123456789abcdef0123456789abcdef"
    static var secret: SharedSecret { shared(secretText) }
    static let wifiKeyText = "bench-pass-01"
    static let mfgSerial = "wd-000417"

    let bench: UnitBench
    private let folder: String

    /// A blank module for a label station, a labelled one for a config station, a finished one for a verify station; faster than any real one.
    init(
        _ kind: StationKind, faults: [UnitFault] = [], unit: (inout ModuleOptions) -> Void = { _ in },
        connect: (@Sendable (ModuleConnection) async -> ModuleConnection.Answer)? = nil
    ) throws {
        folder = FileManager.default.temporaryDirectory.path + "/mintmark-\(UUID().uuidString.lowercased())"
        var options = ModuleOptions(mac: "0210f4a7c311", hwsig: "3f2a9001-47315112-30343233")
        (options.bootTime, options.replyTime, options.saveTime) = (10_000, 0, 0)
        options.faults = faults
        if kind != .label {
            options.startMode = kind == .config ? .setup : .user
            options.label = ModuleOptions.Label(
                dsn: Self.dsn, model: "AY001MTP1", mfgModel: "WD-201", mfgSerial: Self.mfgSerial,
                keyFile: try Self.keyFile)
        }
        if kind == .verify {
            options.oem = ModuleOptions.OEM(id: "0dfc7900", model: "plug-a1", key: [UInt8](repeating: 7, count: 256))
        }
        unit(&options)
        bench = UnitBench(UnitBench.Configuration(folder: folder, units: [options], connect: connect))
        try bench.start()
    }

    deinit {
        bench.stop()
        try? FileManager.default.removeItem(atPath: folder)
    }

    static func shared(_ text: String) -> SharedSecret {
        SharedSecret(Secret(count: text.utf8.count) { $0.copyBytes(from: text.utf8) })
    }

    /// The pair whose public half the module gets.
    static var pair: RSAPrivateKey { get throws { try SandboxKeyPair(number: 7).privateKey() } }
    static var keyFile: String { get throws { Base64.encode(try pair.publicKey.pkcs1) } }

    func port() throws -> TTYPort { try TTYPort.open(path: bench.path(1), baud: 115_200) }

    static func labelOrder(firmware: [String] = ["2.4.7"], isDryRun: Bool = false) -> BCLabelDialog.Order {
        BCLabelDialog.Order(
            moduleModel: "AY001MTP1", mfgModel: "WD-201", firmware: firmware, isDryRun: isDryRun)
    }

    static func configOrder(isDryRun: Bool = false) -> BCConfigDialog.Order {
        BCConfigDialog.Order(
            moduleModel: "AY001MTP1", firmware: ["2.4.7"], oemID: "0dfc7900", oemModel: "plug-a1", oemSecret: secret,
            accessPoint: BCConfigDialog.AccessPoint(
                ssidPrefix: "Ayla-", security: "WPA2_Personal", key: shared(wifiKeyText)),
            region: "US", isDryRun: isDryRun)
    }

    static var verifyOrder: BCVerifyDialog.Order {
        BCVerifyDialog.Order(
            moduleModel: "AY001MTP1", firmware: ["2.4.7"], oemID: "0dfc7900", oemModel: "plug-a1",
            network: BCVerifyDialog.TestNetwork(
                ssid: "bench-net", security: "WPA2_Personal", key: shared(wifiKeyText)))
    }

    /// Runs the whole plan. `before` is called in front of each step with its name.
    func run(
        _ kind: StationKind, timing: ConsoleTiming = .quick, isDryRun: Bool = false,
        before: (String) throws -> Void = { _ in }
    ) async throws -> Report {
        await Gate.dialogs.enter()
        do {
            let report = try await follow(kind, timing, isDryRun, before)
            await Gate.dialogs.leave()
            return report
        } catch {
            await Gate.dialogs.leave()
            throw error
        }
    }

    private func follow(
        _ kind: StationKind, _ timing: ConsoleTiming, _ isDryRun: Bool, _ before: (String) throws -> Void
    ) async throws -> Report {
        let port = try port()
        let transcript = Transcript(start: .now)
        let dialog: any UnitDialog =
            switch kind {
            case .label:
                BCLabelDialog(
                    order: Self.labelOrder(isDryRun: isDryRun), port: port, timing: timing, transcript: transcript)
            case .config:
                BCConfigDialog(
                    order: Self.configOrder(isDryRun: isDryRun), port: port, timing: timing, transcript: transcript)
            case .verify:
                BCVerifyDialog(order: Self.verifyOrder, port: port, timing: timing, transcript: transcript)
            }
        dialog.take(
            AssignedIdentity(
                dsn: try DSN(Self.dsn), keyFile: try Self.keyFile, mfgSerial: Self.mfgSerial))
        var run = UnitRun(plan: dialog.plan)
        var action = run.apply(.unitSeen)
        var report = Report(state: bench.state(of: 1))
        while case .perform(let index) = action {
            do {
                try before(dialog.plan[index].name)
                try await dialog.perform(dialog.plan[index])
                action = run.apply(.stepPassed)
            } catch let error as MintmarkError {
                report.error = error
                let outcome = error.code.outcome
                action = run.apply(error.code.isConclusive ? .stepRefused(outcome) : .stepBroken(outcome))
            }
        }
        if case .finish(let outcome) = action { report.outcome = outcome }
        await port.close()
        report.facts = dialog.facts
        report.transcript = String(decoding: dialog.transcript.bytes, as: UTF8.self)
        report.state = bench.state(of: 1)
        return report
    }

    /// What a passed unit must hold after its power was cut, in words; empty is all well.
    static func missing(_ kind: StationKind, _ state: ModuleState) throws -> [String] {
        let held = state.saved
        var pairs = [
            ("serial", dsn, held.id["serial"]), ("dev_id", dsn, held.id["dev_id"]),
            ("model", "AY001MTP1", held.id["model"]), ("mfg_model", "WD-201", held.id["mfg_model"]),
            ("mfg_serial", mfgSerial, held.id["mfg_serial"]), ("file0", try keyFile, held.file0),
            ("mode", kind == .label ? "setup" : "user", held.mode),
        ]
        if kind == .config {
            let plaintext =
                held.oemKey.isEmpty
                ? "" : try pair.decrypt(held.oemKey).withBytes { String(decoding: $0, as: UTF8.self) }
            let words = plaintext.split(separator: " ").dropFirst().joined(separator: " ")
            pairs += [
                ("oem", "0dfc7900", held.oem), ("model", "plug-a1", held.oemModel),
                ("key", "\(secretText) 0dfc7900 plug-a1", words), ("ssid", "Ayla-0210f4a7c311", held.apSSID),
                ("security", "WPA2_Personal", held.apSecurity), ("AP", "true", String(held.isAPEnabled)),
                ("AP key", wifiKeyText, held.apKey), ("region", "US", held.region),
            ]
        }
        return pairs.filter { $0.1 != $0.2 }.map { "\($0.0): \($0.2 ?? "nothing") instead of \($0.1)" }
    }
}
