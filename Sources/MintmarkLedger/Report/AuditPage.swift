// SPDX-License-Identifier: Apache-2.0
internal import MintmarkCore

/// The audit report as a page of HTML: nothing from outside, no script, one sheet of A4 or Letter as long as its lists
/// are short.
struct AuditPage {
    private let report: AuditReport

    init(_ report: AuditReport) { self.report = report }

    var html: HTML {
        .element("html", [HTML.Attribute("lang", "en")], [head, body])
    }

    private var head: HTML {
        func meta(_ name: StaticString, _ value: String, _ content: String) -> HTML {
            .element("meta", [HTML.Attribute(name, value), HTML.Attribute("content", content)], [])
        }
        let sandbox = isSandbox ? "SANDBOX: " : ""
        return .tag(
            "head", .element("meta", [HTML.Attribute("charset", "utf-8")], []),
            meta("http-equiv", "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"),
            meta("name", "viewport", "width=device-width, initial-scale=1"),
            .tag("title", .text("\(sandbox)Audit report, station \(report.log.station), \(word)")),
            .style(PackageResources.report_css))
    }

    private var body: HTML {
        let lists = AuditPageLists(report)
        return .element(
            "body", isSandbox ? [HTML.Attribute("class", "sandbox")] : [],
            (isSandbox ? [watermark] : [])
                + [
                    .element(
                        "main", [],
                        [title] + (isSandbox ? [sandbox] : [])
                            + [
                                verdict, .tag("div", class: "columns", scope, signedHead), dsns,
                                .tag("div", class: "columns", runs, window),
                            ] + lists.sections + [footer])
                ])
    }

    private var isSandbox: Bool { !report.log.sandboxes.isEmpty }

    private var word: String { report.verification.verdict.word.uppercased() }

    private var title: HTML {
        .tag(
            "header", .tag("h1", "Audit report: station ", .foreign(report.log.station)),
            .tag(
                "p", "Log ", .tag("code", .foreign(report.log.id)), ", kind ", .foreign(report.log.kind),
                .text(
                    ", file version \(report.log.fileVersion), entry version \(report.log.entryVersion). Made "
                        + "\(AuditReport.timeText(report.made)) by mintmark \(report.software). All times are UTC.")))
    }

    /// Fixed in print, so that it stands on every sheet.
    private var watermark: HTML {
        .element("div", [HTML.Attribute("class", "watermark"), HTML.Attribute("aria-hidden", "true")], ["SANDBOX"])
    }

    private var sandbox: HTML {
        let hosts = report.log.sandboxes.flatMap { [HTML.text(" "), .tag("code", .foreign($0))] }
        return .element(
            "p", [HTML.Attribute("class", "notice"), HTML.Attribute("role", "note")],
            [.tag("strong", "SANDBOX. "), "No unit in this ledger is a real product. The cloud said so at"] + hosts)
    }

    private var verdict: HTML {
        let found = report.verification
        var parts: [HTML] = [
            .tag("h2", .text(word)), .tag("p", .text(found.verdict.meaning)),
            .tag(
                "p",
                .text(
                    "\(found.entries) entries read, \(found.intact) intact; \(found.roots) roots and \(found.heads) signed "
                        + "heads compared; tables against a replay of the entries: \(found.projections.rawValue).")),
        ]
        for log in found.earlier {
            parts.append(
                .tag(
                    "p", .text("Its first \(log.entries) entries were written as "), .foreign(log.origin),
                    .text(", whose machine was lost.")))
        }
        if found.verdict == .broken {
            let good = found.firstBad.map { $0 > 0 ? "Entries 0 to \($0 - 1) are good." : "No entry is good." }
            parts.append(
                .tag(
                    "p", .tag("strong", .text(found.firstBad.map { "First bad entry: \($0). " } ?? "")),
                    .text(good ?? "What is wrong is not in an entry.")))
            parts.append(.element("ul", [], found.findings.prefix(Self.findingLimit).map(Self.finding)))
            let left = found.findingCount - min(found.findings.count, Self.findingLimit)
            if left > 0 { parts.append(.tag("p", .text("And \(left) more: run `mintmark ledger verify`."))) }
        }
        if !report.gaps.isEmpty {
            parts.append(.tag("p", .tag("strong", "What could not be read is missing below.")))
            parts.append(.element("ul", [], report.gaps.map { .tag("li", .foreign($0)) }))
        }
        return .element("section", [HTML.Attribute("class", "verdict \(found.verdict.word)")], parts)
    }

    /// Findings on the page; JSON has more.
    private static let findingLimit = 10

    private static func finding(_ finding: VerificationReport.Finding) -> HTML {
        let place = finding.sequence.map { "entry \($0)" }
        return .tag(
            "li", .text(place.map { finding.what.hasPrefix($0) ? "" : "\($0): " } ?? ""), .foreign(finding.what))
    }

    private var scope: HTML {
        guard let scope = report.scope else { return PageTable.missing("Scope") }
        func time(_ time: Int64?) -> HTML { .text(time.map(AuditReport.timeText) ?? "none") }
        func end(_ number: Int64?, _ at: Int64?) -> HTML {
            number.map { .text("\($0), \(at.map(AuditReport.timeText) ?? "")") } ?? "none"
        }
        return PageTable.facts(
            "Scope",
            [
                ("From", scope.period.since.map { time($0) } ?? "the beginning"),
                ("Before", scope.period.until.map { time($0) } ?? "the end"),
                ("Entries", .text(String(scope.entries))), ("First", end(scope.first, scope.firstTime)),
                ("Last", end(scope.last, scope.lastTime)),
            ])
    }

    private var signedHead: HTML {
        guard let head = report.head else {
            return PageTable.facts(
                "Newest signed head", [("Size", report.gaps.isEmpty ? "none was signed" : "none could be read")])
        }
        return PageTable.facts(
            "Newest signed head",
            [
                ("Size", .text("\(head.size) entries")), ("Signed", .text(AuditReport.timeText(head.signed))),
                ("Root", .tag("code", .foreign(head.root))),
            ]
                + head.signatures.map { line in
                    (
                        "Key \(line.keyID)",
                        .tag("span", .foreign(line.name), .text(", \(line.check.words)\(Self.since(line.time))"))
                    )
                })
    }

    private static func since(_ seconds: Int64?) -> String {
        seconds.map { " at \(AuditReport.timeText($0 * 1_000_000))" } ?? ""
    }

    private var dsns: HTML {
        guard let account = report.account else { return PageTable.missing("DSNs") }
        let sum =
            account.isBalanced
            ? "The sum is right: every DSN reserved is in exactly one state."
            : "THE SUM IS OFF by \(abs(account.reserved - account.sum)): a DSN is missing or counted twice."
        let states = DSNRecord.State.allCases.map { ($0.rawValue, account.count(of: $0)) }
        return .tag(
            "section", .tag("h2", "DSNs"),
            PageTable.grid(
                ["reserved"] + states.map(\.0),
                [([account.reserved] + states.map(\.1)).map { .text(String($0)) }]),
            .tag("p", class: "line", .tag("code", .text(account.description))),
            .tag("p", account.isBalanced ? .text(sum) : .tag("strong", .text(sum))))
    }

    private var runs: HTML {
        guard let runs = report.runs else { return PageTable.missing("Runs in the scope") }
        let rows: [[HTML]] = Outcome.allCases.map { outcome in
            let count = runs.counts[outcome] ?? 0
            return [
                .text(outcome.rawValue), .text(String(count)), .text(Self.share(count, of: runs.ended)),
                .text(String(runs.dryRuns[outcome] ?? 0)),
            ]
        }
        let passed = runs.counts[.pass] ?? 0
        return .tag(
            "section", .tag("h2", "Runs in the scope"),
            PageTable.grid(["Outcome", "Runs", "Share", "Dry runs"], rows, headsRows: true),
            .tag(
                "p",
                .text(
                    runs.judged == 0
                        ? "Yield: no run passed or failed."
                        : "Yield: \(passed) of \(runs.judged) that passed or failed "
                            + "(\(Self.share(passed, of: runs.judged))), dry runs left out."),
                .text(runs.open > 0 ? " Without a result yet: \(runs.open)." : "")))
    }

    /// Percent with one decimal, cut off: 99.96 % is not shown as 100.
    private static func share(_ part: Int64, of whole: Int64) -> String {
        guard whole > 0 else { return "–" }
        let perMille = part * 1000 / whole
        return "\(perMille / 10).\(perMille % 10) %"
    }

    private var window: HTML {
        guard let window = report.window else { return PageTable.missing("Unanchored window") }
        func row(_ entries: Int64, _ seconds: Int64) -> HTML {
            .text(entries == 0 ? "nothing" : "\(entries) entries, the oldest \(seconds) s old")
        }
        return PageTable.facts(
            "Unanchored window",
            [
                ("Behind the newest signed head", row(window.unsigned, window.unsignedSeconds)),
                ("Behind the newest cosigned head", row(window.unwitnessed, window.unwitnessedSeconds)),
            ], note: "Entries behind a head stand on the station's word alone. Ages are as of the time of this report.")
    }

    private var footer: HTML {
        .tag(
            "footer",
            .tag(
                "p",
                .text(
                    "PROVEN: the entries fit a head kept outside the factory. CONSISTENT: the file agrees with itself. "
                        + "BROKEN: it does not. To repeat this: "),
                .tag("code", "mintmark ledger verify LEDGER --head YOUR-COPY"),
                "; or, without this program, HOWTO-VERIFY.txt of a bundle (",
                .tag("code", "mintmark ledger export LEDGER --bundle DIR"), ")."))
    }
}

extension AuditReport.Signature.Check {
    fileprivate var words: String {
        switch self {
        case .log: "the log's own, true"
        case .witness: "a witness's, true"
        case .unchecked: "not checked: its key was not given"
        }
    }
}
