// SPDX-License-Identifier: Apache-2.0
import Foundation
import FoundationXML
import MintmarkCore
import MintmarkLedger
import TestSupport
import Testing

@Suite("The page of the audit report", .timeLimit(.minutes(1)))
struct AuditPageTests {
    private typealias Element = (name: String, attributes: [String: String])

    /// What a program reads from the page. It is also well-formed XML, so that any parser can say what is text in it.
    private final class Page: NSObject, XMLParserDelegate {
        private(set) var found: [Element] = []
        private(set) var text = ""
        private(set) var isWhole = false

        init(_ report: AuditReport) {
            super.init()
            let parser = XMLParser(data: Data(report.page))
            parser.delegate = self
            isWhole = parser.parse()
        }

        var attributes: Set<String> { Set(found.flatMap(\.attributes.keys)) }
        var scopes: Set<String> { Set(found.filter { $0.name == "th" }.map { $0.attributes["scope"] ?? "none" }) }

        func count(_ name: String) -> Int { found.count { $0.name == name } }

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) { found.append((name, attributes)) }

        func parser(_ parser: XMLParser, foundCharacters characters: String) { text += characters }
    }

    private static let evil = #"</td><script>alert("1")</script><img src=x onerror='a&b'>"#

    @Test("has a language, heads with a scope, no script and nothing from outside") func shape() async throws {
        let page = Page(try await AuditFixture().report())
        #expect(page.isWhole)
        #expect(page.count("script") + page.count("link") + page.count("img") == 0)
        #expect(page.count("title") == 1 && page.count("h1") == 1)
        #expect(page.attributes == ["lang", "charset", "http-equiv", "name", "content", "class", "scope"])
        #expect(page.scopes == ["col", "row"])
        for words in ["CONSISTENT", "Yield: 2 of 3 that passed or failed (66.6 %)", "the cable was pulled"] {
            #expect(page.text.contains(words), "\(words)")
        }
        let bytes = String(decoding: try await AuditFixture().report().page, as: UTF8.self)
        #expect(
            !bytes.contains("url(") && !bytes.contains("@import") && !bytes.contains("href") && bytes.contains("@page"))
    }

    @Test("what people and devices wrote stays text, and marks that turn it around are written out")
    func hostile() async throws {
        let turned = "\u{202E}gnp.exe\u{2066}\u{200B}\u{FEFF}"
        let fixture = try await AuditFixture { ledger in
            let context = EntryContext(actor: Self.evil, unit: "unit'\"><b>")
            try await ledger.append(
                EntryDraft(SandboxMark(host: Self.evil), by: context),
                EntryDraft(DSNReserveIntent(request: "r", model: "m", count: 1), by: context),
                EntryDraft(DSNReserveRefused(request: "r", reason: turned), by: context))
            let life = UnitLife(number: 5)
            try await ledger.append(
                life.opened(), try life.seen(),
                EntryDraft(UnitQuarantine(dsn: nil, reason: Self.evil + turned), by: life.by("hw-5")))
        }
        // No command writes overrides; the report must show one all the same.
        try fixture.base.alter(
            """
            UPDATE entry SET type = 'override', body = replace(body, '"type":"dsn.reserve.refused"', '"type":"override"')
            WHERE type = 'dsn.reserve.refused'
            """)
        let report = try fixture.report()
        let override = try #require(report.events.overrides.rows.first)
        #expect(override.actor == Self.evil && override.reason == turned && override.subject == "unit'\"><b>")
        let page = Page(report)
        #expect(page.isWhole)
        #expect(page.count("script") + page.count("img") + page.count("b") == 0)
        #expect(!page.attributes.contains("onerror"))
        // By, reason and sandbox.
        #expect(page.text.components(separatedBy: Self.evil).count == 4)
        #expect(page.text.components(separatedBy: #"\u{202E}gnp.exe\u{2066}\u{200B}\u{FEFF}"#).count == 3)
        #expect(!page.text.unicodeScalars.contains { $0.properties.generalCategory == .format })
        let json = try JSONParser.object(CanonicalJSON.encode(report.json))
        #expect(json["overrides"]?.object?["rows"]?.array?.first?.object?["reason"]?.text == turned)
    }

    @Test("a sandbox cannot be mistaken for a factory") func sandbox() async throws {
        let fixture = try await AuditFixture { ledger in
            for host in ["a:1", "b:2", "a:1"] {
                try await ledger.append(EntryDraft(SandboxMark(host: host), by: EntryContext(actor: "t")))
            }
        }
        // Also a mark before the scope counts.
        let report = try fixture.report { $0.period = Period(since: try UTCMoment("2026-12-01")) }
        #expect(report.log.sandboxes == ["a:1", "b:2"])
        #expect(report.json["log"]?.object?["sandbox"] == true)
        let bytes = String(decoding: report.page, as: UTF8.self)
        #expect(bytes.contains("<title>SANDBOX: ") && bytes.contains("<body class=\"sandbox\">"))
        #expect(bytes.contains("class=\"watermark\"") && bytes.contains("<strong>SANDBOX. </strong>"))
        #expect(!String(decoding: try await AuditFixture().report().page, as: UTF8.self).contains("<title>SANDBOX"))
    }

    @Test("a long list is cut where the caller says, and says how much is left") func long() async throws {
        let fixture = try await AuditFixture { ledger in
            for number in 11...16 {
                let dsn = try UnitLife.dsn(number)
                let returned = DSNReturned(dsn: dsn, reason: "because \(number)")
                try await ledger.append(
                    try UnitLife.reserved(number), EntryDraft(returned, by: EntryContext(actor: "op")))
            }
        }
        let report = try fixture.report { $0.rows = 3 }
        #expect(report.events.returns.count == 7 && report.events.returns.rows.map(\.reason).last == "because 12")
        #expect(report.json["returns"]?.object?["count"] == 7)
        let page = Page(report)
        #expect(page.text.contains("DSNs returned: 7") && page.text.contains("And 4 more"))
    }
}
