// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkLedger
import TestSupport
import Testing

@Suite("Exports", .timeLimit(.minutes(1)))
struct ExportTests {
    @Test("JSONL holds the stored bytes, one entry a line, and its hashes give the root") func jsonl() async throws {
        let fixture = try await Self.filled()
        let path = fixture.folder.file("entries.jsonl")
        let reader = try LedgerReader(at: fixture.path)
        let count = try reader.exportJSONL(to: path)
        let lines = try Data(contentsOf: URL(fileURLWithPath: path)).split(separator: UInt8(ascii: "\n"))
        #expect(lines.count == Int(count))
        var tree = MerkleTree()
        for line in lines { tree.append(tree.hasher.leaf(Array(line))) }
        #expect(Hex.encode(tree.root) == (try reader.summary().root))
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test("CSV has the promised columns, quotes by RFC 4180 and lets no field be a formula") func csv() async throws {
        let fixture = try await Self.filled()
        let reader = try LedgerReader(at: fixture.path)
        let path = fixture.folder.file("runs.csv")
        #expect(try reader.exportCSV(.runs, to: path) == 5)
        let runs = try String(contentsOfFile: path, encoding: .utf8).components(separatedBy: "\r\n")
        #expect(
            runs[0]
                == "run,opened,slot,kind,region,dry_run,actor,batch,hardware,mac,dsn,outcome,error,took_us,open_seq,result_seq"
        )
        #expect(runs.count == 7)
        #expect(
            runs[1]
                == "\(UnitLife(number: 1).run),2026-03-17T09:30:00.004Z,A1,label,us,0,op,b-1,hw-1,021000000001,"
                + "AC000W100000001,pass,,2000000,3,9")
        #expect(runs[4].contains(#","'=cmd|' /C calc'!A0","#) || runs[4].contains(",'=cmd|' /C calc'!A0,"))
        #expect(runs[5].contains(#","'+a,""b""","#))
        let units = fixture.folder.file("units.csv")
        #expect(try reader.exportCSV(.units, to: units) == 3)
        let lines = try String(contentsOfFile: units, encoding: .utf8).components(separatedBy: "\r\n")
        #expect(
            lines[0]
                == "hardware,mac,hwsig,dsn,mfg_sn,dsn_state,runs,outcome,badge,quarantine,first_seq,last_seq")
        #expect(
            lines[1]
                == "hw-1,021000000001,hw-1,AC000W100000001,wd-000001,registered,1,pass,registered,,4,11")
        #expect(CSVTable.units.columns.map(\.name).joined(separator: ",") == lines[0])
    }

    @Test("the manufacturing log is one file a region, with dry runs and without units that had no DSN")
    func manufacturingLog() async throws {
        let fixture = try await Self.filled()
        let reader = try LedgerReader(at: fixture.path)
        let files = try reader.exportManufacturingLog(to: fixture.folder.path, name: "bench")
        #expect(files.map(\.region) == ["eu", "us"])
        #expect(files.map(\.path) == [fixture.folder.file("bench-eu.log"), fixture.folder.file("bench-us.log")])
        let us = try String(contentsOfFile: files[1].path, encoding: .utf8)
        #expect(
            us
                == "3,1773739800,2026/03/17 09:30:00 UTC,label,0,AY001MTP1,AC000W100000001,021000000001,,,hw-1,,,,,,\n"
                + "3,1773739800,2026/03/17 09:30:00 UTC,label,0,AY001MTP1,AC000W100000002,021000000002,,,hw-2,,,,,,\n")
        let eu = try String(contentsOfFile: files[0].path, encoding: .utf8)
        #expect(eu == "3,1,1970/01/01 00:00:01 UTC,config_test,0,,AC000W100000009,,,,,,,,,,\n")
    }

    @Test("what cannot be finished leaves nothing behind") func unfinished() async throws {
        let fixture = try await Self.filled()
        let reader = try LedgerReader(at: fixture.path)
        try fixture.alter("UPDATE entry SET body = '{' WHERE type = 'run.result'")
        #expect(throws: MintmarkError.self) {
            try reader.exportManufacturingLog(to: fixture.folder.path, name: "bench")
        }
        #expect(throws: MintmarkError.self) { try reader.exportJSONL(to: fixture.folder.file("no/such/folder")) }
        let left = try FileManager.default.contentsOfDirectory(atPath: fixture.folder.path)
        #expect(left.allSatisfy { $0.hasPrefix("bench.sqlite") }, "\(left)")
    }

    /// Two whole walks, a dry run in another region, a run without a unit, and one by an actor with an evil name.
    private static func filled() async throws -> LedgerFixture {
        let fixture = try LedgerFixture()
        let ledger = try await fixture.open()
        for number in 1...2 {
            if number == 1 { try await ledger.append(try UnitLife.reserved(number)) }
            if number == 1 { fixture.clock.set(1_773_739_800_004_000) }
            let drafts = try UnitLife(number: number).whole()
            if number == 2 { try await ledger.append(try UnitLife.reserved(number)) }
            try await ledger.commit { _ in Decision(drafts) }
        }
        let dry = UnitLife(number: 3)
        var record = ManufacturingRecord(time: 1, status: .config)
        record.dsn = try UnitLife.dsn(9)
        let passed = RunResult(outcome: .pass, took: 1, transcript: nil, record: record)
        try await ledger.append(dry.opened(region: "eu", isDryRun: true), EntryDraft(passed, by: dry.by()))
        for (number, actor) in [(4, "=cmd|' /C calc'!A0"), (5, "+a,\"b\"")] {
            let context = EntryContext(actor: actor, run: UUIDv7.text(number), unit: "hw-evil")
            let opened = RunOpen(kind: .config, template: "t", deployment: "dev", region: "us", isDryRun: false)
            let failed = RunResult(
                outcome: .fail, error: "device-silent", took: 1, transcript: nil,
                record: ManufacturingRecord(time: 1, status: .config, errCode: 52))
            try await ledger.append(EntryDraft(opened, by: context), EntryDraft(failed, by: context))
        }
        let seen = UnitSeen(mac: try dry.mac, hwsig: nil, dsn: nil, firmware: nil)
        try await ledger.append(EntryDraft(seen, by: EntryContext(actor: "op")))
        try await ledger.close()
        return fixture
    }
}
