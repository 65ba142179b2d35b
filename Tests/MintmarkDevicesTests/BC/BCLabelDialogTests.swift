// SPDX-License-Identifier: Apache-2.0
import MintmarkCore
import MintmarkSandbox
import TestSupport
import Testing

@testable import MintmarkDevices

@Suite("Labelling a bc module", .timeLimit(.minutes(2)))
struct BCLabelDialogTests {
    @Test("a blank module leaves in setup mode with DSN, model, serial number and key file")
    func happyPath() async throws {
        let report = try await DialogBench(.label).run(.label)
        #expect(report.outcome == .pass, "\(report.transcript)")
        #expect(try DialogBench.missing(.label, report.state) == [])
        #expect(report.facts.mode == .setup && report.facts.identity?.dsn?.description == DialogBench.dsn)
        #expect(report.state.boots == 2 && report.state.saves == 1)
    }

    @Test("the module gets its commands in this order")
    func order() async throws {
        let report = try await DialogBench(.label).run(.label)
        let sent = report.transcript.split(separator: "\n").compactMap { line -> String? in
            let parts = line.split(separator: " ", maxSplits: 2)
            return parts.count == 3 && parts[1] == ">" ? String(parts[2]) : nil
        }
        let pieces = KeyFile.pieces(try DialogBench.keyFile)
        #expect(pieces.count == 6)
        #expect(
            sent
                == ["reset", "show id", "show id", "show test_status", "show id", "id serial AC000W098700123"]
                + ["id dev_id AC000W098700123", "id model AY001MTP1", "id mfg_model WD-201", "id mfg_serial wd-000417"]
                + ["file start 0"] + pieces.map { "file add \($0)" } + ["file crc 0", "show id", "mfg_mode disable"]
                + ["save", "reset", "show id"])
    }

    @Test("a dry run only looks")
    func dryRun() async throws {
        let report = try await DialogBench(.label).run(.label, isDryRun: true)
        #expect(report.outcome == .pass && report.state.saves == 0 && report.state.running.id == [:])
    }

    @Test("a unit of another kind is blocked and not written to")
    func blocked() async throws {
        let cases: [(String, MintmarkError.Code, Int)] = [
            ("wrong-mode", MintmarkError.Code.wrongMode, 49), ("mode-line-lies", .wrongMode, 49),
            ("wrong-firmware", .wrongFirmware, 57), ("updater", .wrongMode, 50),
        ]
        try await together(cases) { text, code, errCode in
            let report = try await DialogBench(.label, faults: [try UnitFault(text: text)]).run(.label)
            #expect(
                report.outcome == .blocked && report.error?.code == code && report.error?.errCode == errCode, "\(text)")
            #expect(report.state.saves == 0 && report.state.running.id == [:], "\(text)")
        }
    }

    @Test("a module that is labelled already shows its DSN before anything is written")
    func labelled() async throws {
        let bench = try DialogBench(.label, faults: [UnitFault(.alreadyLabelled)])
        let report = try await bench.run(.label, isDryRun: true)
        #expect(report.facts.identity?.dsn?.description == "AC000W098700099")
        #expect(report.state.fired == ["already-labelled"])
    }

    @Test("what is damaged once is read or written again, and the unit passes with all it should hold")
    func recovered() async throws {
        let cases: [String] = [
            "lost-letter@id serial", "lost-letter@id dev_id", "lost-letter@id", "lost-letter@file add",
            "lost-letter@file add#4", "lost-letter@file start", "lost-letter@save", "lost-letter@mfg_mode",
            "flipped-byte@id serial", "flipped-byte@id model", "flipped-byte@file add#6", "flipped-byte@file crc",
            "damaged-reply@show id", "damaged-reply@show id#3", "damaged-reply@show id#5", "damaged-reply@file crc",
            "crc-differs@file crc", "garbage@show id", "reset-mid-dialog@id seri", "reset-mid-dialog@file add#3",
            "reset-after-save@save", "log-in-line@show id", "log-in-line@file crc", "log-behind-prompt@id serial",
            "log-flood@show id", "log-says-fail@save", "log-says-fail@file add", "banner-cut#1", "banner-cut#2",
        ]
        try await together(cases) { text in
            let report = try await DialogBench(.label, faults: [try UnitFault(text: text)]).run(.label)
            #expect(report.outcome == .pass, "\(text): \(report.error?.summary ?? "")\n\(report.transcript)")
            #expect(try DialogBench.missing(.label, report.state) == [], "\(text)")
            #expect(report.state.fired == [text], "\(text)")
        }
    }

    @Test("a unit that does not take what it is given fails, with the number of its failure")
    func failed() async throws {
        let cases: [(String, MintmarkError.Code, Int)] = [
            ("lying-setter@id serial", MintmarkError.Code.readBackDiffers, 66),
            ("lying-setter@id model", .readBackDiffers, 66), ("lying-setter@id mfg_serial", .readBackDiffers, 66),
            ("lying-setter@file add", .keyFileDiffers, 72), ("lying-setter@mfg_mode", .readBackDiffers, 66),
            ("save-lies@save", .readBackDiffers, 66), ("reset-in-save@save", .readBackDiffers, 66),
            ("crc-differs@file crc#0", .keyFileDiffers, 72), ("lost-letter@file add#0", .echoDiffers, 51),
            ("not-tested", .notTested, 69), ("mac-missing", .macMissing, 71), ("mac-zero", .macMissing, 78),
            ("mac-multicast", .macMissing, 78), ("boot-loop", .deviceSilent, 50), ("banner-cut", .deviceSilent, 50),
            ("silence@reset", .deviceSilent, 50), ("garbage@show id#0", .deviceGarbled, 62),
        ]
        try await together(cases) { text, code, errCode in
            // A setter that lies in both of the block's two tries.
            let text = text.hasPrefix("lying") ? text + "#0" : text
            let report = try await DialogBench(.label, faults: [try UnitFault(text: text)]).run(.label, timing: .curt)
            #expect(report.outcome == .fail, "\(text): \(report.transcript)")
            #expect(
                report.error?.code == code && report.error?.errCode == errCode,
                "\(text): \(report.error?.summary ?? "no error")"
            )
        }
    }

    @Test("when it cannot be said what the unit holds, that is the outcome")
    func indeterminate() async throws {
        let cases: [(String, MintmarkError.Code, Int)] = [
            ("silence@id serial", MintmarkError.Code.deviceSilent, 52), ("silence@save", .deviceSilent, 52),
            ("reset-mid-dialog@id model#0", .deviceRebooted, 50), ("unplug@id serial", .portLost, 0),
        ]
        try await together(cases) { text, code, errCode in
            let report = try await DialogBench(.label, faults: [try UnitFault(text: text)]).run(.label, timing: .curt)
            #expect(report.outcome == .indeterminate, "\(text)")
            #expect(
                report.error?.code == code && report.error?.errCode ?? 0 == errCode,
                "\(text): \(report.error?.summary ?? "no error")")
        }
    }

    @Test("without an echo nothing is lost: every reply is asked for twice and read back")
    func echoOff() async throws {
        var timing = ConsoleTiming.quick
        timing.echoStart = .milliseconds(100)
        let report = try await DialogBench(.label, faults: [UnitFault(.echoOff)]).run(.label, timing: timing)
        #expect(report.outcome == .pass, "\(report.error?.summary ?? "")\n\(report.transcript)")
        #expect(try DialogBench.missing(.label, report.state) == [])
    }

    @Test("a module swapped behind its cable gets nothing", arguments: ["write-identity", "read-back"])
    func swapped(step: String) async throws {
        let bench = try DialogBench(.label)
        var other = ModuleOptions(mac: "0210f4a7c399", hwsig: "3f2a9001-47315112-99999999")
        (other.bootTime, other.replyTime) = (0, 0)
        let report = try await bench.run(.label) { name in
            if name == step { bench.bench.swap(1, with: ParkedModule(other)) }
        }
        #expect(report.outcome != .pass, "\(report.transcript)")
        #expect(report.state.mac == "0210f4a7c399" && report.state.running.id == [:] && report.state.saves == 0)
    }
}
