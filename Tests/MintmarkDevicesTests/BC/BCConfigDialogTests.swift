// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkSandbox
import MintmarkSerial
import TestSupport
import Testing

@testable import MintmarkDevices

@Suite("Configuring a bc module", .timeLimit(.minutes(2)))
struct BCConfigDialogTests {
    @Test("a labelled module leaves in user mode with all that was ordered, and the key decrypts to the secret")
    func happyPath() async throws {
        let bench = try DialogBench(.config)
        let report = try await bench.run(.config)
        #expect(report.outcome == .pass, "\(report.transcript)")
        #expect(try DialogBench.missing(.config, report.state) == [])
        #expect(report.facts.firmware == "2.4.7" && report.facts.mode == .user)
        #expect(report.facts.identity?.dsn?.description == DialogBench.dsn)
        #expect(report.state.boots == 2 && report.state.saves == 1)
    }

    @Test("the module gets the commands in the order in which a key survives, and its secrets are hidden")
    func order() async throws {
        let report = try await DialogBench(.config).run(.config)
        let sent = report.transcript.split(separator: "\n").compactMap { line -> String? in
            let parts = line.split(separator: " ", maxSplits: 2)
            return parts.count == 3 && parts[1] == ">" ? String(parts[2]) : nil
        }
        #expect(
            sent == [
                "reset", "show id", "show id", "show id", "wifi profile ap", "wifi ssid-mac Ayla-",
                "wifi security WPA2_Personal", "wifi key <hidden>", "wifi profile enable", "wifi commit",
                "oem 0dfc7900", "oem model plug-a1", "oem key <hidden>", "client server region US", "oem", "show wifi",
                "setup_mode disable", "save", "reset", "show id", "oem", "show wifi",
            ])
        #expect(!report.transcript.contains(DialogBench.secretText.prefix(8)))
        #expect(!report.transcript.contains(DialogBench.wifiKeyText.prefix(8)))
    }

    @Test("a dry run writes, reads back, and leaves nothing")
    func dryRun() async throws {
        let bench = try DialogBench(.config)
        let before = bench.bench.state(of: 1).saved
        let report = try await bench.run(.config, isDryRun: true)
        #expect(report.outcome == .pass && report.state.saves == 0)
        #expect(report.state.saved == before && report.state.running == before)
    }

    @Test("a module that keeps its key over a change of id or model is configured as well")
    func keptKey() async throws {
        let report = try await DialogBench(.config) { $0.clearsKeyOnChange = false }.run(.config)
        #expect(try report.outcome == .pass && DialogBench.missing(.config, report.state) == [])
    }

    @Test("at the pace of a real line, with real waits and noise in the log")
    func paced() async throws {
        let report = try await DialogBench(.config) {
            ($0.bootTime, $0.replyTime, $0.saveTime) = (300_000, 5_000, 100_000)
            $0.noise = 20
        }.run(.config, timing: ConsoleTiming())
        #expect(report.outcome == .pass, "\(report.transcript)")
        #expect(try DialogBench.missing(.config, report.state) == [])
    }

    @Test("a unit of another kind is blocked and not written to")
    func blocked() async throws {
        let cases: [(UnitFault, MintmarkError.Code, Int)] = [
            (UnitFault(.wrongMode), MintmarkError.Code.wrongMode, 49),
            (UnitFault(.modeLineLies), .wrongMode, 49), (UnitFault(.wrongFirmware), .wrongFirmware, 57),
            (UnitFault(.updater), .wrongMode, 50),
        ]
        try await together(cases) { fault, code, errCode in
            let bench = try DialogBench(.config, faults: [fault])
            let before = bench.bench.state(of: 1).saved
            let report = try await bench.run(.config)
            #expect(
                report.outcome == .blocked && report.error?.code == code && report.error?.errCode == errCode, "\(fault)"
            )
            #expect(report.state.saved == before && report.state.saves == 0, "\(fault)")
            if fault.kind == .wrongFirmware {
                #expect(report.error?.what == "module has wrong version 2.4.5", "\(fault)")
            }
        }
    }

    @Test("a module without a DSN, or of another model, is blocked")
    func material() async throws {
        let blank = try await DialogBench(.config) { $0.label = nil }.run(.config)
        #expect(blank.outcome == .blocked && blank.error?.code == .notLabelled && blank.error?.errCode == 60)
        let other = try await DialogBench(.config) { $0.label?.model = "AY008ESP1" }.run(.config)
        #expect(other.outcome == .blocked && other.error?.code == .wrongModel)
    }

    @Test("what is damaged once is read or written again, and the unit passes with all it should hold")
    func recovered() async throws {
        let cases: [String] = [
            "echo-late@o",
            "lost-letter@oem key", "lost-letter@wifi key", "lost-letter@oem", "lost-letter@oem model",
            "lost-letter@o", "lost-letter@save", "lost-letter@setup_mode", "lost-letter@show id", "lost-letter@reset",
            "lost-letter@r", "lost-letter@wifi ssid-mac", "flipped-byte@oem key", "flipped-byte@oem model",
            "flipped-byte@oem", "flipped-byte@client server region", "flipped-byte@sav", "flipped-byte@setup_mode",
            "flipped-byte@wifi profile", "damaged-reply@show id", "damaged-reply@show id#4", "damaged-reply@oem",
            "damaged-reply@oem#2", "damaged-reply@show wifi", "damaged-reply@show wifi#2", "garbage@show id",
            "garbage@show wifi", "garbage@oem#5", "reset-mid-dialog@oem mod", "reset-mid-dialog@oem key",
            "reset-mid-dialog@wifi commi", "reset-mid-dialog@show wifi", "reset-after-save@save", "banner-cut#1",
            "banner-cut#2", "log-flood@show id", "log-flood@save", "log-in-line@show id", "log-in-line@oem",
            "log-in-line@show wifi", "log-behind-prompt@show id", "log-behind-prompt@oem key",
            "log-behind-prompt@save", "log-says-fail@oem key", "log-says-fail@save", "log-says-fail@show id",
        ]
        try await together(cases) { text in
            let fault = try UnitFault(text: text)
            let timing = fault.kind == .echoLate ? ConsoleTiming() : ConsoleTiming.quick
            let report = try await DialogBench(.config, faults: [fault]).run(.config, timing: timing)
            #expect(report.outcome == .pass, "\(text): \(report.error?.summary ?? "")\n\(report.transcript)")
            #expect(try DialogBench.missing(.config, report.state) == [], "\(text)")
            #expect(report.state.fired == [text], "\(text)")
        }
    }

    @Test("a unit that does not take what it is given fails, with the number of its failure")
    func failed() async throws {
        let cases: [(String, MintmarkError.Code, Int)] = [
            ("lying-setter@oem 0", MintmarkError.Code.deviceRefused, 51),
            ("lying-setter@oem model", .deviceRefused, 51),
            ("lying-setter@oem key", .readBackDiffers, 51), ("lying-setter@wifi ssid-mac", .readBackDiffers, 51),
            ("lying-setter@wifi security", .readBackDiffers, 51),
            ("lying-setter@wifi profile enable", .readBackDiffers, 51),
            ("lying-setter@wifi profile ap", .deviceRefused, 51), ("lying-setter@setup_mode", .readBackDiffers, 51),
            ("save-lies@save", .readBackDiffers, 51), ("reset-in-save@save", .readBackDiffers, 51),
            ("oem-key-fails@oem key", .deviceRefused, 51), ("lost-letter@oem key#0", .echoDiffers, 51),
            ("flipped-byte@oem key#0", .echoDiffers, 51), ("flipped-byte@oem model#0", .deviceRefused, 51),
            ("echo-off", .echoDiffers, 51), ("garbage@oem model", .deviceRefused, 51), ("mac-missing", .macMissing, 71),
            ("mac-zero", .macMissing, 78), ("mac-multicast", .macMissing, 78), ("boot-loop", .deviceSilent, 50),
            ("banner-cut", .deviceSilent, 50), ("silence@reset", .deviceSilent, 50),
            ("garbage@show id#0", .deviceGarbled, 62), ("log-in-line@show id#0", .deviceGarbled, 62),
        ]
        try await together(cases) { text, code, errCode in
            let report = try await DialogBench(.config, faults: [try UnitFault(text: text)]).run(.config, timing: .curt)
            #expect(report.outcome == .fail, "\(text): \(report.transcript)")
            #expect(
                report.error?.code == code && report.error?.errCode == errCode,
                "\(text): \(report.error?.summary ?? "no error")"
            )
            #expect(!report.state.fired.isEmpty, "\(text)")
        }
    }

    @Test("when it cannot be said what the unit holds, that is the outcome")
    func indeterminate() async throws {
        let cases: [(String, MintmarkError.Code, Int)] = [
            ("silence@oem model", MintmarkError.Code.deviceSilent, 52), ("silence@save", .deviceSilent, 52),
            ("reset-mid-dialog@oem key#0", .deviceRebooted, 50), ("unplug@oem key", .portLost, 0),
            ("unplug@save", .portLost, 0), ("damaged-reply@oem#0", .deviceGarbled, 51),
        ]
        try await together(cases) { text, code, errCode in
            let report = try await DialogBench(.config, faults: [try UnitFault(text: text)]).run(.config, timing: .curt)
            #expect(report.outcome == .indeterminate, "\(text)")
            #expect(
                report.error?.code == code && report.error?.errCode ?? 0 == errCode,
                "\(text): \(report.error?.summary ?? "no error")")
        }
    }

    @Test("a cable pulled before anything was written is the station's fault")
    func unplugged() async throws {
        let report = try await DialogBench(.config, faults: [UnitFault(.unplug, at: "show id")]).run(.config)
        #expect(report.outcome == .error && report.error?.code == .portLost)
    }

    @Test("a module swapped behind its cable gets nothing", arguments: ["write-oem", "read-back"])
    func swapped(step: String) async throws {
        let bench = try DialogBench(.config)
        var other = ModuleOptions(mac: "0210f4a7c399", hwsig: "3f2a9001-47315112-99999999")
        (other.bootTime, other.replyTime, other.startMode) = (0, 0, .setup)
        let report = try await bench.run(.config) { name in
            if name == step { bench.bench.swap(1, with: ParkedModule(other)) }
        }
        #expect(report.outcome != .pass, "\(report.transcript)")
        #expect(report.state.mac == "0210f4a7c399" && report.state.running.oemKey.isEmpty)
        #expect(report.state.saves == 0)
    }
}
