// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkDevices
import MintmarkSandbox
import TestSupport
import Testing

@Suite("A fault never ends in a pass that the unit does not deserve", .timeLimit(.minutes(3)))
struct NoFalsePassTests {
    static let setters = [
        "oem 0", "oem model", "oem key", "wifi ssid-mac", "wifi profile enable", "setup_mode disable", "save",
        "show id",
    ]
    static let kinds: [UnitFault.Kind] = [
        .lostLetter, .flippedByte, .damagedReply, .lyingSetter, .saveLies, .resetInSave, .resetMidDialog, .oemKeyFails,
        .logInLine, .garbage, .silence, .unplug, .echoLate,
    ]

    /// Whether the unit really holds what a configured unit holds.
    private func isConfigured(_ unit: ModuleBench) -> Bool {
        let state = unit.state
        guard state.mode == "user", state.saved.oem == "0dfc7900", state.saved.oemModel == "plug-a1",
            state.saved.apSSID == "Ayla-\(state.mac)", state.saved.apSecurity == "none",
            let text = SandboxUnits.plaintext(ofKey: state.saved.oemKey, labelledUnit: 1)
        else { return false }
        return text.split(separator: " ").dropFirst() == [ModuleBench.secretText[...], "0dfc7900", "plug-a1"]
    }

    @Test("config", arguments: kinds, setters)
    func config(kind: UnitFault.Kind, command: String) async throws {
        for occurrence in [1, 0] {
            let unit = try ModuleBench(
                try ModuleBench.labelled(), faults: [UnitFault(kind, at: command, occurrence: occurrence)])
            let result = try await unit.config()
            if result.passed { #expect(isConfigured(unit), "\(kind) at \(command): \(result.transcript)") }
            #expect(result.error == nil || result.error?.errCode != nil || result.error?.code == .portLost)
        }
    }

    @Test(
        "label", arguments: kinds,
        ["id serial", "id model", "file start", "file add", "file crc", "mfg_mode disable", "save"])
    func label(kind: UnitFault.Kind, command: String) async throws {
        for occurrence in [1, 0] {
            let unit = try ModuleBench(
                ModuleBench.blank(), faults: [UnitFault(kind, at: command, occurrence: occurrence)])
            let identity = AssignedIdentity(
                dsn: try DSN("AC000W098700123"), keyFile: SampleKey.pkcs1, mfgSerial: "wd-000417", isWritten: false)
            guard try await unit.label(identity).passed else { continue }
            let saved = unit.state.saved
            #expect(
                saved.id["serial"] == "AC000W098700123" && saved.id["dev_id"] == "AC000W098700123",
                "\(kind) at \(command)")
            #expect(saved.id["model"] == "AY001MTP1" && saved.id["mfg_serial"] == "wd-000417", "\(kind) at \(command)")
            #expect(saved.file0 == SampleKey.pkcs1 && saved.mode == "setup", "\(kind) at \(command)")
        }
    }

    @Test("a unit that does not echo cannot be given a secret")
    func echoOff() async throws {
        let unit = try ModuleBench(try ModuleBench.labelled(), faults: [UnitFault(.echoOff)])
        let result = try await unit.config()
        #expect(result.error?.code == .echoDiffers && unit.state.saved.oemKey.isEmpty)
    }
}
