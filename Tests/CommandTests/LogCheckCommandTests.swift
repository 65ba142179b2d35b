// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

@Suite("mintmark ledger log check", .timeLimit(.minutes(2)))
struct LogCheckCommandTests {
    @Test("a log agrees with the ledger until somebody changes it; no setup key is printed") func check() async throws {
        let factory = try await Rehearsal(units: 2)
        let station = factory.station("label")
        try await Tool.run("station", "init", station)
        try await Tool.run("dsn", "reserve", "--station", station, "--count", "2")
        try await Tool.run("provision", "--station", station, "--wait")
        let log = "\(factory.folder)/log-us.log"
        let export = try await Tool.run(
            "ledger", "export", station, "--format", "mfg-log-3", "-o", "\(factory.folder)/log")
        #expect(export.status == 0, "\(export.errors)")

        let good = try await Tool.run("ledger", "log", "check", station, log)
        #expect(good.status == 0 && good.output.hasSuffix("AGREES: the log tells what the ledger tells\n"))
        #expect(good.output.hasPrefix("2 lines: 2 agree, 0 differ,"))

        // As format 4, with a key, a changed serial number, and a second line torn in two.
        let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").map(String.init)
        #expect(lines.count == 2)
        let four = lines.map { "4" + $0.dropFirst() + ",canary-key" }
        let bad =
            four[0].replacing("wd-00000", with: "wd-99999") + "\r\n" + four[1].replacing(",AC000W", with: ",\nAC000W")
        try bad.write(toFile: log, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: log)
        for json in [[], ["--json"]] {
            let found = try await Tool.run(["ledger", "log", "check", station, log] + json)
            #expect(found.status == 40)
            #expect(!(found.output + found.errors).contains("canary"))
            #expect(found.errors.contains("1 Wi-Fi setup keys and others can read it"), "\(found.errors)")
            for part in ["mfg_sn", "wd-99999", "cannot be read", "no line"] where json.isEmpty {
                #expect(found.output.contains(part), "\(found.output)")
            }
            for part in [#""field":"mfg_sn""#, #""finding":"unreadable""#, #""finding":"no-line""#, #""agrees":false"#]
            where !json.isEmpty {
                #expect(found.output.contains(part), "\(found.output)")
            }
        }

        let none = try await Tool.run("ledger", "log", "check", station, log + "-none")
        #expect(none.status == 64 && none.errors.contains("cannot read"))
        let folder = try await Tool.run("ledger", "log", "check", station, factory.folder)
        #expect(folder.status == 64 && folder.errors.contains("no regular file"))
    }
}
