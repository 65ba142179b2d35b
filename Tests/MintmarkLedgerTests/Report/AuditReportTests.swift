// SPDX-License-Identifier: Apache-2.0
import Foundation
import MintmarkCore
import MintmarkCrypto
import MintmarkLedger
import TestSupport
import Testing

@Suite("The audit report", .timeLimit(.minutes(1)))
struct AuditReportTests {
    private static func file(_ name: String) throws -> [UInt8] {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        return Array(try Data(contentsOf: root.appendingPathComponent(name)))
    }

    @Test("its JSON is, but for what is random in a ledger, that of the fixture") func golden() async throws {
        let fixture = try await AuditFixture()
        let report = try fixture.report()
        var text = CanonicalJSON.text(report.json)
        let vkey = try #require(report.verification.keys.first)
        let head = try #require(report.head)
        for (random, name) in [
            (vkey, "VKEY"), (head.signatures[0].keyID, "KEYID"), (report.log.id, "LOG"), (head.root, "ROOT"),
        ] { text = text.replacing(random, with: name) }
        let expected = try JSONParser.object(Self.file("Fixtures/audit-report.json"))
        #expect(text == CanonicalJSON.text(expected))
    }

    @Test("who vouched for the clock is told, and which dates were found out later") func clock() async throws {
        let (start, unit) = (AuditFixture.start, UnitLife(number: 1))
        let fixture = try await AuditFixture { ledger in
            let lead = EntryContext(actor: "lead")
            try await ledger.append(EntryDraft(ClockConfirmed(shown: start + 60_000_000, found: start), by: lead))
            let run = EntryContext(actor: "outbox", run: unit.run, unit: try unit.dsn.description)
            try await ledger.append(
                EntryDraft(RunDated(time: start / 1_000_000, was: 946_684_800), by: run),
                EntryDraft(RunDated(time: 946_684_800, was: 946_684_800, isLost: true), by: run))
        }
        let report = try fixture.report()
        #expect(report.events.clockConfirmations.rows.map(\.actor) == ["lead"])
        #expect(report.events.datedRuns.rows.map(\.isLost) == [false, true])
        let shown = report.json["clock_confirmations"]?.object?["rows"]?.array?.first?.object?["shown"]
        #expect(shown?.text == "2026-03-17T09:31:00Z")
        let page = String(decoding: report.page, as: UTF8.self)
        for text in ["Clock confirmed: 1", "Runs dated later: 2", "2000-01-01T00:00:00Z", "nothing tells when it was"] {
            #expect(page.contains(text), "\(text)")
        }
        let schema = try JSONParser.object(Self.file("../../docs/reference/audit-report.schema.json"))
        Self.compare(report.json, schema, "report")
    }

    @Test("the schema lists the fields of the JSON and no other") func schema() async throws {
        let schema = try JSONParser.object(Self.file("../../docs/reference/audit-report.schema.json"))
        let document = try JSONParser.object(Self.file("Fixtures/audit-report.json"))
        Self.compare(document, schema, "report")
    }

    private static func compare(_ object: JSONObject, _ schema: JSONObject, _ path: String) {
        let properties = schema["properties"]?.object ?? [:]
        let required = Set((schema["required"]?.array ?? []).compactMap(\.text))
        let (known, found) = (Set(properties.members.map(\.name)), Set(object.members.map(\.name)))
        #expect(found.isSubset(of: known), "\(path): \(found.subtracting(known))")
        #expect(required.isSubset(of: found), "\(path): \(required.subtracting(found))")
        for (name, value) in object.members {
            guard let property = properties[name]?.object else { continue }
            #expect(property["description"]?.text != nil || property["$ref"]?.text != nil, "\(path).\(name)")
            switch value {
            case .object(let inner) where property["$ref"] == nil: compare(inner, property, "\(path).\(name)")
            case .array(let items):
                for case .object(let inner) in items {
                    compare(inner, property["items"]?.object ?? [:], "\(path).\(name)")
                }
            default: break
            }
        }
    }

    @Test("the scope bounds runs, and neither the sum nor the units set aside") func scope() async throws {
        let fixture = try await AuditFixture()
        let late = try fixture.report { $0.period = Period(since: try UTCMoment("2026-03-17T10:00:00Z")) }
        #expect(late.runs?.counts == [:] && late.runs?.dryRuns == [.pass: 1])
        #expect(late.account?.reserved == 7 && late.aside?.count == 1)
        let before = try fixture.report { $0.period = Period(until: try UTCMoment("2026-03-17T10:00:00Z")) }
        #expect(before.runs?.counts == [.pass: 2, .fail: 1, .indeterminate: 1] && before.runs?.dryRuns == [:])
        let (first, last) = (try #require(late.scope), try #require(before.scope))
        #expect(first.entries + last.entries == late.window?.entries)
        #expect(first.first == last.last.map { $0 + 1 })
        let day = try fixture.report { $0.period = Period(until: try UTCMoment("2026-03-17")) }
        #expect(day.scope?.entries == late.window?.entries, "a day is all of it")
    }

    @Test("a broken ledger is BROKEN, with its first bad entry, and the rest is still told") func broken() async throws
    {
        let fixture = try await AuditFixture()
        try fixture.base.alter("UPDATE entry SET body = replace(body, 'bench', 'wench') WHERE seq IN (6, 9)")
        let report = try fixture.report()
        #expect(report.verification.verdict == .broken && report.verification.firstBad == 6 && !report.isSound)
        #expect(report.json["verification"]?.object?["first_bad"] == 6)
        #expect(report.account?.reserved == 7 && report.runs?.judged == 3)
        let page = String(decoding: report.page, as: UTF8.self)
        #expect(page.contains("<h2>BROKEN</h2>"))
        #expect(page.contains("First bad entry: 6. ") && page.contains("Entries 0 to 5 are good."))
    }

    @Test("whatever page is zeroed, what can be read is told; an error is left for a file that cannot be opened")
    func zeroedPages() async throws {
        let fixture = try await AuditFixture()
        let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: fixture.base.path)))
        let (size, copy) = (4096, fixture.base.folder.file("copy.sqlite"))
        var (told, refused) = (0, 0)
        for page in 1..<whole.count / size {
            var bytes = whole
            bytes.replaceSubrange(page * size..<(page + 1) * size, with: repeatElement(0, count: size))
            try Data(bytes).write(to: URL(fileURLWithPath: copy))
            do {
                let report = try fixture.report(of: copy)
                if !report.isSound { told += 1 }
                #expect(!report.page.isEmpty)
            } catch let error as MintmarkError {
                #expect(error.code == .ledgerFault && !error.what.contains("transaction"), "page \(page): \(error)")
                refused += 1
            }
        }
        // Refused: pages of the schema, of the log's name, of the tables' version, and the root of the entries.
        #expect(told > 2 * refused, "\(told) told, \(refused) refused")
    }

    @Test("a DSN missing from the sum is said in words, and a table that is gone is a gap") func unbalanced()
        async throws
    {
        let fixture = try await AuditFixture()
        try fixture.base.alter("DELETE FROM dsn WHERE dsn = 'AC000W100000005'")
        let off = try fixture.report()
        #expect(off.account?.isBalanced == false && !off.isSound)
        #expect(String(decoding: off.page, as: UTF8.self).contains("THE SUM IS OFF by 1"))
        try fixture.base.alter("DROP TABLE run")
        let report = try fixture.report()
        #expect(report.runs == nil && report.gaps.contains { $0.hasPrefix("runs: ") } && !report.isSound)
        #expect(report.json["runs"] == nil)
        #expect(String(decoding: report.page, as: UTF8.self).contains("Could not be read."))
    }

    @Test("the report of a bundle is that of its ledger") func bundle() async throws {
        let fixture = try await AuditFixture()
        let folder = fixture.base.folder.file("bundle")
        try LedgerReader(at: fixture.base.path).exportBundle(to: folder)
        let (ledger, bundle) = (try fixture.report(), try fixture.report(of: folder))
        #expect(ledger == bundle && ledger.isSound)
        #expect(ledger.page == bundle.page)
    }

    @Test("a bundle is BROKEN when an entry was changed, and when its tables are another ledger's")
    func changedBundle() async throws {
        let fixture = try await AuditFixture()
        let other = try await AuditFixture()
        let folder = fixture.base.folder.file("bundle")
        try LedgerReader(at: fixture.base.path).exportBundle(to: folder)
        let (entries, tables) = ("\(folder)/entries.jsonl", "\(folder)/ledger.sqlite")
        let text = try String(contentsOfFile: entries, encoding: .utf8)
        try text.replacing("the cable was pulled", with: "the cable was PULLED")
            .write(toFile: entries, atomically: true, encoding: .utf8)
        let changed = try fixture.report(of: folder)
        #expect(changed.verification.verdict == .broken)
        #expect(changed.verification.findings.allSatisfy { $0.what.hasPrefix("entries.jsonl: ") })
        try text.write(toFile: entries, atomically: true, encoding: .utf8)
        try FileManager.default.removeItem(atPath: tables)
        try FileManager.default.copyItem(atPath: other.base.path, toPath: tables)
        let swapped = try fixture.report(of: folder)
        #expect(swapped.verification.findings.map(\.what) == ["the checkpoint is not the newest head in ledger.sqlite"])
    }

    @Test("a head kept outside makes it PROVEN, and a cosignature counts as checked only with the witness's key")
    func proven() async throws {
        let fixture = try await AuditFixture()
        let reader = try LedgerReader(at: fixture.base.path)
        let head = try #require(try reader.newestHead())
        let size = head.checkpoint.size
        let witness = try Ed25519PrivateKey()
        let line = try Cosignature.make(over: head.note.text, by: witness, as: "w.example", time: 1_773_739_900)
        let text = line.line.dropLast()
        try fixture.base.alter("INSERT INTO cosig VALUES (\(size), 'w.example', '\(text)', \(AuditFixture.start))")
        let key = NoteKey(name: "w.example", algorithm: .cosignature, publicKey: witness.publicKey)
        let outside = try OutsideHead(note: head.note.description, name: "my-copy", keys: [])
        let plain = try fixture.report { $0.outside = [outside] }
        #expect(plain.head?.signatures.map(\.check) == [.log, .unchecked])
        let report = try fixture.report {
            $0.outside = [outside]
            $0.witnesses = [key]
        }
        #expect(report.verification.proven?.size == size && report.verification.proven?.by == "my-copy")
        #expect(report.head?.signatures.map(\.check) == [.log, .witness])
        #expect(report.head?.signatures.last?.time == 1_773_739_900)
        #expect(report.window?.unwitnessed == 0)
        #expect(String(decoding: report.page, as: UTF8.self).contains("<h2>PROVEN</h2>"))
        let folder = fixture.base.folder.file("bundle")
        try reader.exportBundle(to: folder)
        #expect(try LedgerBundle(folder).newestHead(cosignedBy: [key])?.checkpoint == head.checkpoint)
        #expect(try LedgerBundle(folder).newestHead(cosignedBy: []) == nil)
    }

    @Test("entries behind the newest head are counted, with the age of the first of them") func window() async throws {
        let fixture = try await AuditFixture()
        #expect(try fixture.report().window?.unsigned == 0, "the end of a session signs")
        let ledger = try await SQLiteLedger.open(
            at: fixture.base.path, station: "bench", software: "1.0+test", binaryHash: "00",
            clock: fixture.base.clock, signing: HeadSigning(key: fixture.key))
        _ = try await ledger.signHead()
        fixture.base.clock.pass(60_000_000)
        try await ledger.append(try UnitLife.reserved(8), try UnitLife.reserved(9))
        let window = try fixture.report().window
        #expect(window?.unsigned == 2 && window?.unsignedSeconds == 34)
        #expect(window?.unwitnessed == window?.entries)
        try await ledger.close()
    }
}
