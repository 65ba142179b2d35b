// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkDevices
import MintmarkSandbox
import TestSupport
import Testing

@Suite("Dialogs with a bc module", .timeLimit(.minutes(1)))
struct DialogTests {
    private func identity() throws -> AssignedIdentity {
        AssignedIdentity(
            dsn: try DSN("AC000W098700123"), keyFile: SampleKey.pkcs1, mfgSerial: "wd-000417")
    }

    /// The commands of a transcript, in order.
    private func sent(_ result: ModuleBench.Result) -> [String] {
        result.transcript.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ", maxSplits: 2)
            return words.count == 3 && words[1] == ">" ? String(words[2]) : nil
        }
    }

    @Test("a blank module is labelled: DSN, models, key file in pieces of 64, saved, read back after the reset")
    func label() async throws {
        let unit = try ModuleBench(ModuleBench.blank())
        let result = try await unit.label(try identity())
        #expect(result.error == nil, "\(result.transcript)")
        let saved = unit.state.saved
        #expect(saved.mode == "setup" && saved.file0 == SampleKey.pkcs1)
        #expect(
            saved.id == [
                "serial": "AC000W098700123", "dev_id": "AC000W098700123", "model": "AY001MTP1", "mfg_model": "WD-201",
                "mfg_serial": "wd-000417",
            ])
        let commands = sent(result)
        #expect(commands.first == "reset" && commands.contains("show test_status"))
        #expect(commands.contains("file add MIIBCgKCAQEAt7h350JDzp0w0pH3aHRtsGLl3Rrb3PzKFkTQNBid5XAmTmDU+igK"))
        #expect(commands.count { $0.hasPrefix("file add ") } == 6)
        #expect(commands.contains("mfg_mode disable") && commands.contains("save"))
        #expect(result.transcript.contains("file 0 len 360 crc cf131789"))
    }

    @Test(
        "a labelled module is configured: Wi-Fi, OEM id, model and key in this order, saved, read back after the reset")
    func config() async throws {
        let unit = try ModuleBench(try ModuleBench.labelled())
        let result = try await unit.config()
        #expect(result.error == nil, "\(result.transcript)")
        let state = unit.state
        #expect(state.mode == "user" && state.saved.oem == "0dfc7900" && state.saved.oemModel == "plug-a1")
        #expect(state.saved.apSSID == "Ayla-\(state.mac)" && state.saved.region == "US")
        let words = try #require(SandboxUnits.plaintext(ofKey: state.saved.oemKey, labelledUnit: 1)).split(
            separator: " ")
        #expect(words.dropFirst() == [ModuleBench.secretText[...], "0dfc7900", "plug-a1"])
        let commands = sent(result)
        let order = [
            "oem 0dfc7900", "oem model plug-a1", "oem key <hidden>", "oem", "setup_mode disable", "save", "reset",
        ]
        let places = order.compactMap { commands.lastIndex(of: $0) }
        #expect(places.count == order.count)
        #expect(!result.transcript.contains("0123456789abcdef"))
        // The read-back comes after the last reset.
        #expect(commands.lastIndex(of: "show id") ?? 0 > commands.lastIndex(of: "reset") ?? 0)
    }

    @Test("a dry run writes, reads back and forgets")
    func dryRun() async throws {
        let unit = try ModuleBench(try ModuleBench.labelled())
        let before = unit.state.saved
        let result = try await unit.config(isDryRun: true)
        #expect(result.error == nil && unit.state.saved == before && unit.state.running == before)
    }

    @Test("user mode where setup mode is wanted is 49, and the unit is only looked at")
    func wrongMode() async throws {
        let unit = try ModuleBench(try ModuleBench.labelled(), faults: [UnitFault(.wrongMode)])
        let result = try await unit.config()
        #expect(result.error?.code == .wrongMode && result.error?.errCode == 49)
        #expect(sent(result) == ["reset", "show id", "show id"])
    }

    @Test("when the banner says setup and the prompt is that of user mode, the prompt is believed")
    func modeLineLies() async throws {
        let unit = try ModuleBench(try ModuleBench.labelled(), faults: [UnitFault(.modeLineLies)])
        #expect(try await unit.config().error?.errCode == 49)
    }

    @Test("another firmware version is 57 with the version, and the device is untouched")
    func wrongFirmware() async throws {
        let unit = try ModuleBench(try ModuleBench.labelled(), faults: [UnitFault(.wrongFirmware)])
        let result = try await unit.config()
        #expect(result.error?.code == .wrongFirmware && result.error?.errCode == 57)
        #expect(result.error?.what == "module has wrong version 2.4.5")
        #expect(sent(result) == ["reset"])
    }

    @Test("a key that cannot be stored is told by the log line and by nothing else: 51")
    func oemKeyFails() async throws {
        let unit = try ModuleBench(
            try ModuleBench.labelled(), faults: [UnitFault(.oemKeyFails, at: "oem key", occurrence: 0)])
        let result = try await unit.config()
        #expect(result.error?.code == .deviceRefused && result.error?.errCode == 51)
        #expect(result.error?.what.contains("oem_key encryption failed") == true)
    }

    @Test("log lines between, behind and inside lines, with FAIL: and prompts in their text, change nothing")
    func logLines() async throws {
        let faults = [
            UnitFault(.logInLine, at: "show id"), UnitFault(.logBehindPrompt, at: "oem "),
            UnitFault(.logSaysFail, at: "save"), UnitFault(.logFlood, at: "wifi commit"),
        ]
        let unit = try ModuleBench(try ModuleBench.labelled(), faults: faults)
        let result = try await unit.config()
        #expect(result.error == nil, "\(result.transcript)")
        #expect(unit.state.fired.count == 4)
        #expect(unit.state.saved.oemModel == "plug-a1")
    }

    @Test("a restart nobody asked for voids the block: it is written again, once")
    func brownOut() async throws {
        let unit = try ModuleBench(try ModuleBench.labelled(), faults: [UnitFault(.resetMidDialog, at: "oem ")])
        let result = try await unit.config()
        #expect(result.error == nil, "\(result.transcript)")
        #expect(sent(result).count { $0 == "oem 0dfc7900" } == 2)
        #expect(result.transcript.contains("the block is written again"))
    }

    @Test("a restart each time ends with 50")
    func brownOutTwice() async throws {
        let unit = try ModuleBench(
            try ModuleBench.labelled(), faults: [UnitFault(.resetMidDialog, at: "oem ", occurrence: 0)])
        let result = try await unit.config()
        #expect(result.error?.code == .deviceRebooted && result.error?.errCode == 50)
    }

    @Test("a lost letter of the secret is rubbed out and sent again; lost twice it fails, and the key is not saved")
    func lostLetter() async throws {
        let once = try ModuleBench(try ModuleBench.labelled(), faults: [UnitFault(.lostLetter, at: "oem key ")])
        let result = try await once.config()
        #expect(result.error == nil, "\(result.transcript)")
        let text = SandboxUnits.plaintext(ofKey: once.state.saved.oemKey, labelledUnit: 1)
        #expect(text?.contains(ModuleBench.secretText) == true)
        let always = try ModuleBench(
            try ModuleBench.labelled(), faults: [UnitFault(.lostLetter, at: "oem key ", occurrence: 0)])
        let failure = try await always.config()
        #expect(failure.error?.code == .echoDiffers)
        #expect(always.state.saved.oemKey.isEmpty)
        #expect(!failure.transcript.contains("123456"))
    }
}
