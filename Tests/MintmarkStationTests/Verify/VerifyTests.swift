// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkLedger
import MintmarkSandbox
import MintmarkStation
import TestSupport
import Testing

@Suite("A verify run", .timeLimit(.minutes(1)))
struct VerifyTests {
    /// One way in which unit or cloud are wrong, and how it is told.
    struct Wrong: Sendable, CustomStringConvertible {
        let name: String
        var flaw = TwinShelf.Flaw()
        var unit: @Sendable (inout ModuleOptions) -> Void = { _ in }
        var outcome = Outcome.fail
        var code = MintmarkError.Code.twinDiffers
        /// Lines of the findings; empty where the cloud was never compared.
        var lines: [String] = []
        var says: String?
        var connects = true

        var description: String { name }
    }

    private static func after(_ change: @escaping @Sendable (inout SeenTwin) -> Void) -> TwinShelf.Flaw {
        TwinShelf.Flaw(after: change)
    }

    private static let wrong: [Wrong] = [
        Wrong(
            name: "no template",
            flaw: after { seen in
                seen.twin?.templateID = nil
                seen.twin?.hasProperties = false
                seen.templateName = nil
                seen.properties = seen.properties.filter { $0.name == TwinProperty.hostVersionName }
            },
            lines: [
                "template: none; no template matches (oem 0dfc7900, oem model plug-a1, host version 1.0)",
                "properties: none of 3 is there",
            ]),
        Wrong(
            name: "another host version", unit: { $0.hostVersion = "2.0" },
            lines: ["host version: 2.0, expected 1.0"]),
        Wrong(
            name: "a property is missing", flaw: after { $0.properties.removeAll { $0.name == "Blue_LED" } },
            lines: ["properties: Blue_LED is missing"]),
        Wrong(
            name: "a property of another type", flaw: after { $0.properties[0].baseType = "integer" },
            lines: ["properties: Blue_LED: base type is integer, expected boolean"]),
        Wrong(
            name: "a property in the other direction", flaw: after { $0.properties[1].direction = "input" },
            lines: ["properties: Blue_button: direction is input, expected output"]),
        Wrong(
            name: "another company", flaw: after { $0.twin?.oemID = "5a1dc0de" },
            lines: ["oem: 5a1dc0de, expected 0dfc7900"]),
        Wrong(
            name: "another product", flaw: after { $0.twin?.oemModel = "lamp-1" },
            lines: ["oem model: lamp-1, expected plug-a1"]),
        Wrong(
            name: "another module model", flaw: after { $0.twin?.model = nil },
            lines: ["model: not shown, expected AY001MTP1"]),
        Wrong(
            name: "another unit's MAC address", flaw: after { $0.twin?.mac = "02:10:f4:00:00:01" },
            lines: ["mac: 0210f4000001, expected 0210f4a7c311"]),
        Wrong(
            name: "another unit's signature", flaw: after { $0.twin?.hwsig = "a-b" },
            lines: ["hwsig: a-b, expected 3f2a9001-47315112-30343201"]),
        Wrong(
            name: "the OEM secret was refused",
            flaw: after { $0.twin?.oemAuthenticationFailedAt = "2026-03-04T09:24:11Z" },
            lines: ["oem secret: the cloud refused it at 2026-03-04T09:24:11Z"]),
        Wrong(
            name: "activated before the test",
            flaw: TwinShelf.Flaw(before: { $0.twin?.activatedAt = "2026-03-04T09:24:11Z" }),
            lines: ["activation: the unit was activated at 2026-03-04T09:24:11Z"], connects: false),
        Wrong(
            name: "registered to somebody", flaw: TwinShelf.Flaw(before: { $0.twin?.userID = "77" }),
            lines: ["owner: the unit is registered to user 77"], connects: false),
        Wrong(
            name: "the cloud never sees it online", flaw: after { $0.twin?.connectionStatus = "Offline" },
            code: .notConnected, lines: ["connection: Offline, not Online"]),
        Wrong(
            name: "the connection is an old one", flaw: after { $0.twin?.connectedAt = "2020-03-04T09:24:11Z" },
            code: .notConnected,
            lines: ["connection: Online since 2020-03-04T09:24:11Z, which is from before this test"]),
        Wrong(
            name: "the connection is the one of before the test",
            flaw: TwinShelf.Flaw(
                before: { $0.twin?.connectedAt = "2099-03-04T09:24:11Z" },
                after: { $0.twin?.connectedAt = "2099-03-04T09:24:11Z" }),
            code: .notConnected,
            lines: ["connection: Online since 2099-03-04T09:24:11Z, which is from before this test"]),
        Wrong(
            name: "it restarts again and again",
            flaw: after { seen in
                seen.twin?.connectionStatus = "Initializing"
                seen.history = Array(repeating: seen.history[1], count: 3)
            }, code: .notConnected,
            lines: ["connection: Initializing, not Online", "reboots: 3 times Initializing in a row and never Online"]),
        Wrong(
            name: "the cloud shows no twin", flaw: after { $0.twin = nil },
            lines: ["twin: none; the cloud shows this user no device AC000W700000001"]),
        Wrong(
            name: "the cloud does not answer the unit", flaw: TwinShelf.Flaw(isDeaf: true), code: .notConnected,
            says: "the unit says \"timeout: timed out waiting for ADS\""),
        Wrong(
            name: "the cloud does not answer the station",
            flaw: TwinShelf.Flaw(error: MintmarkError(.cloudUnreachable, "no route to the cloud", next: "Wait.")),
            outcome: .error, code: .cloudUnreachable, says: "no route to the cloud", connects: false),
        Wrong(
            name: "a unit in setup mode", unit: { $0.startMode = .setup }, outcome: .blocked, code: .wrongMode,
            says: "the unit is in setup mode, this station needs user mode", connects: false),
        Wrong(
            name: "a unit of another product", unit: { $0.oem?.model = "lamp-1" }, code: .readBackDiffers,
            says: "the unit's OEM model is \"lamp-1\" instead of \"plug-a1\"", connects: false),
        Wrong(
            name: "a unit without OEM key", unit: { $0.oem?.key = [] }, code: .readBackDiffers,
            says: "the unit's OEM key is \"(not set)\" instead of \"(is set)\"", connects: false),
    ]

    @Test("a unit whose twin is right passes, stays a new one, and nothing is left on it")
    func right() async throws {
        let bench = try VerifyBench()
        let report = try await bench.run(batch: "b1")
        let run = try #require(report.runs.first)
        #expect(run.outcome == .pass && report.exitStatus == .pass, "\(run.error?.description ?? "")")
        #expect(run.request == nil && run.findings.isEmpty)
        #expect(bench.shelf.calls.map(\.isTest) == [true])
        #expect(try await bench.shelf.twin(of: DSN(VerifyBench.dsn))?.activatedAt == nil)
        let unit = bench.bench.state(of: 1)
        #expect(unit.saves == 0 && unit.running == unit.saved && unit.mode == "user")

        let reader = try LedgerReader(at: bench.ledger)
        let history = try #require(try reader.unit(named: VerifyBench.dsn))
        #expect(history.unit.outcome == .pass && history.unit.badge == .none)
        let record = try #require(history.entries.last { $0.type == .runResult }).payload(RunResult.self).record
        #expect(record.status == .verify && record.errCode == 0 && record.connected == true)
        let checked = try #require(history.entries.first { $0.type == .twinChecked }).payload(TwinChecked.self)
        #expect(checked.template == "41 Plug" && checked.findings.isEmpty && checked.good.contains("properties"))
        #expect(try reader.entries(type: .sandboxMark).count == 1)
        #expect(try reader.entries(type: .registerIntent).isEmpty)
        #expect(try LedgerVerifier(at: bench.ledger).verify().findings.isEmpty)
    }

    @Test("each kind of wrong twin or unit is explained, in the report and in the ledger")
    func explains() async throws {
        try await together(Self.wrong) { wrong in
            let (bench, name) = (try VerifyBench(wrong.flaw, unit: wrong.unit), Comment(rawValue: wrong.name))
            let run = try #require(try await bench.run().runs.first, name)
            #expect(
                run.outcome == wrong.outcome && run.error?.code == wrong.code,
                "\(wrong.name): \(run.error?.description ?? "")")
            #expect(run.findings.filter { $0.verdict == .differs }.map(\.line) == wrong.lines, name)
            #expect(
                run.findings.allSatisfy { !($0.next ?? "").isEmpty && !$0.expected.isEmpty && !$0.shown.isEmpty }, name)
            if let says = wrong.says { #expect(run.error?.what == says, name) }
            if let first = wrong.lines.first { #expect(run.error?.what.hasPrefix(first) == true, name) }
            #expect(!bench.shelf.calls.isEmpty == wrong.connects, name)

            let reader = try LedgerReader(at: bench.ledger)
            let kept = try reader.entries(type: .twinChecked).map { try $0.payload(TwinChecked.self).findings }
            #expect(kept.flatMap(\.self) == run.findings, name)
            let result = try #require(try reader.entries(type: .runResult).first, name).payload(RunResult.self)
            #expect(result.outcome == wrong.outcome && result.text == run.error?.what, name)
            #expect(try LedgerVerifier(at: bench.ledger).verify().findings.isEmpty, name)
        }
    }

    @Test("properties beyond the list are named and do no harm, nor does a network without the way for notifications")
    func extra() async throws {
        let flaw = TwinShelf.Flaw(after: { seen in
            seen.properties.append(TwinProperty(name: "Red_LED"))
            seen.twin?.connectionStatus = "PollingOnline"
        })
        let bench = try VerifyBench(flaw)
        let run = try #require(try await bench.run().runs.first)
        #expect(run.outcome == .pass)
        #expect(run.findings.map(\.line) == ["properties: not in properties.csv: Red_LED"])
    }

    @Test("the unit's story goes through its runs, and the test network's key is in none of the files")
    func story() async throws {
        let bench = try VerifyBench(unit: { $0.faults = [UnitFault(.silence, at: "client test", occurrence: 1)] })
        #expect(try await bench.run().runs.first?.outcome == .fail)
        bench.bench.powerCycle(1)
        #expect(try await bench.run().runs.first?.outcome == .pass)
        let history = try #require(try LedgerReader(at: bench.ledger).unit(named: VerifyBench.dsn))
        #expect(history.unit.quarantine == nil)
        var story = UnitStory()
        try story.add(history)
        #expect(story.chapters.map(\.kind) == [.verify, .verify])
        #expect(story.chapters.map { $0.result?.outcome } == [.fail, .pass])
        #expect(story.chapters.map { $0.checked != nil } == [false, true])
        let key = Data(VerifyBench.wifiKey.utf8)
        let files = try #require(FileManager.default.enumerator(atPath: bench.folder))
        for case let name as String in files where name != "wifi-key" {
            let bytes = FileManager.default.contents(atPath: "\(bench.folder)/\(name)")
            #expect(bytes?.range(of: key) == nil, "\(name)")
        }
    }
}
